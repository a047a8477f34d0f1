import { Injectable } from '@nestjs/common';
import type { KeyScope } from '@tollgate/contracts';
import { apiToken, KeyedHash } from '@tollgate/api/crypto';
import { Clock, newId } from '@tollgate/api/kernel';
import type { NamedApiKey } from '../persistence/api-keys';

export interface KeyWish {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly kind: 'live' | 'test';
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly allowedAddresses: readonly string[] | null;
  readonly expiresAt: number | null;
  readonly replaces: string | null;
  readonly createdBy: string;
}

/** The keyed hash by which a key is recognized. */
export const tokenHash = (keyedHash: KeyedHash, token: string): string => keyedHash.of('api_key', token);

/**
 * Makes a token and the row that recognizes it. The token leaves in one answer and is kept nowhere: neither in a row,
 * nor in the log, nor in the answer that an idempotent replay gives.
 */
@Injectable()
export class MintKey {
  constructor(
    private readonly clock: Clock,
    private readonly keyedHash: KeyedHash,
  ) {}

  mint(wish: KeyWish): { readonly token: string; readonly row: NamedApiKey } {
    const token = apiToken.create(wish.kind);
    const now = this.clock.recordedAt();
    const row: NamedApiKey = {
      id: newId('key', now),
      organizationId: wish.organizationId,
      applicationId: wish.applicationId,
      applicationName: wish.applicationName,
      kind: wish.kind,
      name: wish.name,
      tokenHash: tokenHash(this.keyedHash, token),
      lastFour: token.slice(-4),
      scopes: [...new Set(wish.scopes)],
      allowedAddresses: wish.allowedAddresses === null ? null : [...wish.allowedAddresses],
      expiresAt: wish.expiresAt,
      revokedAt: null,
      replacedBy: null,
      replaces: wish.replaces,
      lastUsedAt: null,
      lastUsedAddress: null,
      createdAt: now,
      createdBy: wish.createdBy,
    };
    return { token, row };
  }
}
