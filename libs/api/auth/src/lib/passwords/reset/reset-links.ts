import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { DerivationKeys, KeyedHash } from '@tollgate/api/crypto';
import { looksLikeResetToken, resetToken } from '../../domain/reset-token';
import type { PasswordResetEntity } from '../../persistence/entities';

/** Makes and recognizes the secret of a link. Its address is the configured one, whatever host a request named. */
@Injectable()
export class ResetLinks {
  constructor(
    private readonly keys: DerivationKeys,
    private readonly keyedHash: KeyedHash,
    private readonly config: Config,
  ) {}

  /** With the current key: what the row keeps. */
  stamp(id: string): Pick<PasswordResetEntity, 'keyId' | 'tokenHash'> {
    const { id: keyId, key } = this.keys.current();
    return { keyId, tokenHash: this.hashOf(resetToken(key, id)) };
  }

  /** Null when its key is no longer configured. */
  urlOf(reset: Pick<PasswordResetEntity, 'id' | 'keyId'>): string | null {
    const key = this.keys.byId(reset.keyId);
    return key === null ? null : `${this.config.publicUrl}/reset/${resetToken(key, reset.id)}`;
  }

  /** Null when the text cannot be the secret of a link. */
  recognize(token: string): string | null {
    return looksLikeResetToken(token) ? this.hashOf(token) : null;
  }

  private hashOf(token: string): string {
    return this.keyedHash.of('password_reset', token);
  }
}
