import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@tollgate/contracts';
import { Clock } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { CachedApplicationDirectory } from '../cached-application-directory';
import { keyState } from '../domain/key-state';
import type { KnownKey } from './known-keys';

export interface KeyRefusal {
  readonly code: ErrorCode;
  /** For the audit log of the key's organization; the answer says no more than the code. */
  readonly why: string;
}

/** Everything that must be right beside the token itself: the key's life, its application, its organization, the address. */
@Injectable()
export class KeyGate {
  constructor(
    private readonly clock: Clock,
    private readonly organizations: OrganizationDirectory,
    private readonly applications: CachedApplicationDirectory,
  ) {}

  /** Why a key that exists may not be used from this address just now; null when it may. */
  async refusal(key: KnownKey, address: string): Promise<KeyRefusal | null> {
    // Expiry counts by the unshifted time: Test-Clock moves what a key does, not how long it lives.
    const state = keyState(key, this.clock.recordedAt());
    if (state === 'expired' || state === 'revoked') return { code: 'invalid_api_key', why: `the key is ${state}` };
    const application = await this.applications.guarded(key.applicationId);
    if (application === null) return { code: 'invalid_api_key', why: 'the application is deleted' };
    const organization = await this.organizations.find(key.organizationId);
    if (organization?.status !== 'active')
      return { code: 'organization_suspended', why: 'the organization is suspended' };
    if (application.facts.status === 'disabled') {
      return { code: 'application_disabled', why: 'the application is disabled' };
    }
    if (key.kind === 'test') return null;
    const decision = application.admits(address);
    if (!decision.allowed) return { code: 'address_not_allowed', why: `${address}: ${decision.reason}` };
    return key.admits(address)
      ? null
      : { code: 'address_not_allowed', why: `${address}: not in the ranges of the key` };
  }
}
