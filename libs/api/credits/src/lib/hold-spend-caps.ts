import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { Charge } from './credit-ledger';
import { SpendMeter } from './spend-meter';

const DAY_MS = 86_400_000;

/**
 * The last word on daily spend caps, in the transaction of the charge and after it was posted: the account's row is
 * locked, so what is read is all that was spent, and of parallel charges none can slip past. The gate before a start
 * asks the same earlier and without a lock, to refuse cheaply and keep why.
 */
@Injectable()
export class HoldSpendCaps {
  constructor(
    @Inject(SpendMeter) private readonly spending: SpendMeter,
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError spend_cap_reached, and then the whole unit of work is rolled back */
  async assertWithin({ organizationId, applicationId, applicationDailyCap, hold }: Charge): Promise<void> {
    const organization = await this.organizations.find(organizationId);
    const organizationCap = organization?.settings.dailySpendCap ?? null;
    const applicationCap = applicationDailyCap ?? null;
    if (organizationCap === null && applicationCap === null) return;
    const now = this.clock.recordedAt();
    const today = now - (now % DAY_MS);
    const tally = await this.spending.spentInTransaction(organizationId, today);
    const spent = { application: tally.byApplication.get(applicationId) ?? 0, organization: tally.total };
    const caps = { application: applicationCap, organization: organizationCap };
    for (const whose of ['application', 'organization'] as const) {
      const cap = caps[whose];
      if (cap === null || spent[whose] + hold <= cap) continue;
      throw new DomainError('spend_cap_reached', {
        detail: `The daily spend cap of the ${whose} is ${cap} milli-credits, and this would go past it.`,
        retryAfter: Math.ceil((today + DAY_MS - now) / 1000),
        extra: { cap_of: whose, cap },
      });
    }
  }
}
