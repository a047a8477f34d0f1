import { Injectable } from '@nestjs/common';
import { addressBucket } from '@tollgate/api/http';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { clientAddress, type Browser } from '../sessions/browser';
import { KnownDevices } from '../sessions/known-devices';
import type { Subject } from './attempts';

export interface SignInAccount {
  /** Null when nobody active has this address (in the named organization). */
  readonly user: UserFacts | null;
  /** What the attempt is counted on. */
  readonly subjects: readonly Subject[];
}

/** Whom a typed identifier means, and which counters an attempt at it has to pass. */
@Injectable()
export class SignInAccounts {
  constructor(
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly devices: KnownDevices,
  ) {}

  async find(identifier: string, organization: string | null, browser: Browser): Promise<SignInAccount> {
    const email = this.users.canonicalEmail(identifier);
    const candidates = await this.users.staffByEmail(email ?? '');
    const user = await this.chosen(candidates, organization);
    const name = email ?? identifier.trim().slice(0, 320);
    const address = addressBucket(clientAddress());
    const known = await this.devices.knows(user?.id ?? null, browser);
    return {
      user,
      subjects: known
        ? [['device', name, browser.deviceToken ?? '']]
        : [
            ['pair', name, address],
            ['account', name],
            ['address', address],
          ],
    };
  }

  /** Of several people with one address the one of the named organization, else who signed in last. */
  private async chosen(candidates: readonly UserFacts[], organization: string | null): Promise<UserFacts | null> {
    if (organization === null) return candidates[0] ?? null;
    for (const candidate of candidates) {
      if ((await this.organizations.find(candidate.organizationId))?.slug === organization) return candidate;
    }
    return null;
  }
}
