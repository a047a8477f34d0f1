import { Injectable } from '@nestjs/common';
import type { KeyScope } from '@tollgate/contracts';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import { rangeMatcher } from '../domain/address-ranges';
import { keyHint, type KeyLife } from '../domain/key-state';
import { ApiKeys } from '../persistence/api-keys';

const TOPIC = 'api_keys';
const MOST_REMEMBERED = 50_000;

/** What signing in needs to know of a key. */
export interface KnownKey extends KeyLife {
  readonly id: string;
  readonly organizationId: string;
  readonly applicationId: string;
  readonly kind: 'live' | 'test';
  readonly label: string;
  readonly scopes: ReadonlySet<KeyScope>;
  readonly createdAt: number;
  /** Whether the key itself answers to an address; its application is asked as well. */
  readonly admits: (address: string) => boolean;
}

/** The keys in use, in memory. A revocation counts here at once, and within a second in every other process. */
@Injectable()
export class KnownKeys {
  private readonly topic: CacheTopic<KnownKey>;

  constructor(
    private readonly cache: VersionedCache,
    private readonly apiKeys: ApiKeys,
  ) {
    this.topic = cache.topic<KnownKey>(TOPIC, { maxEntries: MOST_REMEMBERED });
  }

  /**
   * Throws `invalid_api_key` for an unknown one, which is therefore not remembered: made-up keys cannot push real ones
   * out of memory.
   */
  byTokenHash(tokenHash: string): Promise<KnownKey> {
    return this.topic.get(tokenHash, async () => {
      const row = await this.apiKeys.byTokenHash(tokenHash);
      if (row === null) throw new DomainError('invalid_api_key');
      const match = row.allowedAddresses === null ? null : rangeMatcher(row.allowedAddresses);
      return {
        id: row.id,
        organizationId: row.organizationId,
        applicationId: row.applicationId,
        kind: row.kind,
        label: `${row.name} (${keyHint(row.kind, row.lastFour)})`,
        scopes: new Set(row.scopes),
        createdAt: row.createdAt,
        expiresAt: row.expiresAt,
        revokedAt: row.revokedAt,
        replacedBy: row.replacedBy,
        admits: (address) => match === null || match(address) !== null,
      };
    });
  }

  /** A key was revoked or rotated: call it in the transaction of the change. */
  changed(): Promise<void> {
    return this.cache.bump(TOPIC);
  }
}
