import { Injectable } from '@nestjs/common';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { Clock } from '@tollgate/api/kernel';
import { VerificationRetention } from './persistence/verification-retention';

const DAY_MS = 86_400_000;
const CHUNK = 300;

/**
 * Removes destinations and what the client told of its user from verifications that are older than their
 * organization keeps them: hashes and sealed text go, the mask and the country stay.
 */
@Injectable()
export class ForgetDestinations {
  constructor(
    private readonly rows: VerificationRetention,
    private readonly organizations: OrganizationDirectory,
    private readonly clock: Clock,
  ) {}

  /** One chunk of one organization after the other; how many rows it changed. Zero = nothing left. */
  async execute(): Promise<number> {
    const now = this.clock.recordedAt();
    for (const organizationId of await this.rows.organizations()) {
      const organization = await this.organizations.find(organizationId);
      const days = organization?.settings.destinationRetentionDays;
      if (days === undefined) continue;
      const forgotten = await this.rows.forget(organizationId, now - days * DAY_MS, CHUNK);
      if (forgotten > 0) return forgotten;
    }
    return 0;
  }
}
