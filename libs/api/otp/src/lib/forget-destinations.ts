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
  /** Ids up to which this process has looked, so that a run does not begin with all that is forgotten already. */
  private readonly bookmarks = new Map<string, string>();

  constructor(
    private readonly rows: VerificationRetention,
    private readonly organizations: OrganizationDirectory,
    private readonly clock: Clock,
  ) {}

  /** One chunk of one organization; how many rows it looked at. Zero = nothing left. */
  async execute(): Promise<number> {
    const now = this.clock.recordedAt();
    for (const organizationId of await this.rows.organizations()) {
      const days = (await this.organizations.find(organizationId))?.settings.destinationRetentionDays;
      if (days === undefined) continue;
      for (const test of [false, true]) {
        const seen = await this.chunk(organizationId, test, now - days * DAY_MS);
        if (seen > 0) return seen;
      }
    }
    return 0;
  }

  private async chunk(organizationId: string, test: boolean, beforeMs: number): Promise<number> {
    const name = `${organizationId}|${String(test)}`;
    const after = this.bookmarks.get(name) ?? '';
    const { seen, last } = await this.rows.forget({ organizationId, test, after }, beforeMs, CHUNK);
    this.bookmarks.set(name, last);
    return seen;
  }
}
