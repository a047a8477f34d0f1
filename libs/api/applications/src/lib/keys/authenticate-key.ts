import { Injectable } from '@nestjs/common';
import { apiToken, KeyedHash } from '@tollgate/api/crypto';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { KeyGate } from './key-gate';
import { KeyRefusals } from './key-refusals';
import { KeyUse } from './key-use';
import { KnownKeys, type KnownKey } from './known-keys';
import { tokenHash } from './mint-key';

/**
 * Turns a bearer token into the caller it stands for. In the usual case it makes no query: key, application and
 * organization are in memory, and a change of any of them counts in every process within a second.
 *
 * Malformed, unknown, expired and revoked keys get one and the same answer. The checksum is looked at before anything
 * else, so that scanners and typing errors cost no look-up.
 */
@Injectable()
export class AuthenticateKey {
  constructor(
    private readonly clock: Clock,
    private readonly keyedHash: KeyedHash,
    private readonly knownKeys: KnownKeys,
    private readonly gate: KeyGate,
    private readonly use: KeyUse,
    private readonly refusals: KeyRefusals,
  ) {}

  /** Errors: invalid_api_key, organization_suspended, application_disabled, address_not_allowed, unavailable. */
  async execute(token: string, address: string): Promise<Principal> {
    if (apiToken.parse(token) === null) {
      this.refusals.countUnknown('malformed');
      throw new DomainError('invalid_api_key');
    }
    const key = await this.known(token);
    const refusal = await this.gate.refusal(key, address);
    if (refusal !== null) {
      await this.refusals.record(key, refusal.code, refusal.why);
      throw new DomainError(refusal.code);
    }
    this.use.note(key.id, this.clock.recordedAt(), address);
    return principalOf(key);
  }

  private async known(token: string): Promise<KnownKey> {
    try {
      return await this.knownKeys.byTokenHash(tokenHash(this.keyedHash, token));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'invalid_api_key') this.refusals.countUnknown('unknown');
      throw error;
    }
  }
}

function principalOf(key: KnownKey): Principal {
  return {
    kind: 'api_key',
    id: key.id,
    label: key.label,
    organizationId: key.organizationId,
    actingOrganizationId: key.organizationId,
    applicationId: key.applicationId,
    userId: null,
    test: key.kind === 'test',
    platformStaff: false,
    roles: [],
    permissions: key.scopes,
    assurance: { level: 1, authenticatedAt: key.createdAt },
  };
}
