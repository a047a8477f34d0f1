import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationFacts } from '@tollgate/api/applications';
import { CreditLedger } from '@tollgate/api/credits';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { StartAttempt } from './start-gate';

const DAY_MS = 86_400_000;

/**
 * Daily spend caps of an application and of its organization, by UTC day. Asked before the transaction of the start, so
 * that what is refused costs its destination no allowance. The ledger asks again under the lock of the account: starts
 * at one instant cannot go past a cap together.
 */
@Injectable()
export class CheckSpendCaps {
  constructor(
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(CreditLedger) private readonly ledger: CreditLedger,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError spend_cap_reached, until midnight UTC */
  async check(attempt: StartAttempt, application: ApplicationFacts): Promise<void> {
    if (attempt.test || attempt.cost <= 0) return;
    const { organizationId, applicationId, cost } = attempt;
    const organization = await this.organizations.get(organizationId);
    await this.assertBelow('application', application.dailySpendCap, cost, { organizationId, applicationId });
    await this.assertBelow('organization', organization.settings.dailySpendCap, cost, { organizationId });
  }

  private async assertBelow(
    whose: 'application' | 'organization',
    cap: number | null,
    cost: number,
    scope: { readonly organizationId: string; readonly applicationId?: string },
  ): Promise<void> {
    if (cap === null) return;
    const now = this.clock.recordedAt();
    const today = now - (now % DAY_MS);
    const spent = await this.ledger.spentSince(scope, today);
    if (spent + cost <= cap) return;
    throw new DomainError('spend_cap_reached', {
      detail: `The daily spend cap of the ${whose} is ${cap} milli-credits; ${spent} are spent and this needs ${cost}.`,
      retryAfter: Math.ceil((today + DAY_MS - now) / 1000),
      extra: { cap_of: whose, cap, spent, required: cost },
    });
  }
}
