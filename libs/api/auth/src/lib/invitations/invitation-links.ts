import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { DerivationKeys, KeyedHash } from '@tollgate/api/crypto';
import { invitationToken, looksLikeInvitationToken } from '../domain/invitation-token';
import type { InvitationEntity } from '../persistence/entities';

/** Makes and recognizes the secret of an invitation's link. It is derived whenever it is needed and stored nowhere. */
@Injectable()
export class InvitationLinks {
  constructor(
    private readonly keys: DerivationKeys,
    private readonly keyedHash: KeyedHash,
    private readonly config: Config,
  ) {}

  /** With the current key: what the row of this generation keeps. */
  stamp(id: string, generation: number): Pick<InvitationEntity, 'keyId' | 'generation' | 'tokenHash'> {
    const { id: keyId, key } = this.keys.current();
    return { keyId, generation, tokenHash: this.hashOf(invitationToken(key, id, generation)) };
  }

  /** The link for the mail; null when its key is no longer configured. */
  urlOf(invitation: InvitationEntity): string | null {
    const key = this.keys.byId(invitation.keyId);
    if (key === null) return null;
    return `${this.config.publicUrl}/invite/${invitationToken(key, invitation.id, invitation.generation)}`;
  }

  /** Null when the text cannot be the secret of a link. */
  recognize(token: string): string | null {
    return looksLikeInvitationToken(token) ? this.hashOf(token) : null;
  }

  private hashOf(token: string): string {
    return this.keyedHash.of('invitation', token);
  }
}
