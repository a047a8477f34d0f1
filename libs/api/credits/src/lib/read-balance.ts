import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { CreditBalanceView } from '@tollgate/contracts';
import { BURN_WINDOW_DAYS, burnRate } from './domain/burn-rate';
import { LedgerReader } from './persistence/ledger-reader';
import { LedgerWriter } from './persistence/ledger-writer';

const DAY_MS = 86_400_000;

/** The balance of one organization, and how long it lasts at the present rate. */
@Injectable()
export class ReadBalance {
  constructor(
    @Inject(LedgerWriter) private readonly accounts: LedgerWriter,
    @Inject(LedgerReader) private readonly reader: LedgerReader,
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError organization_required when staff of the platform named none */
  async execute(caller: Principal): Promise<CreditBalanceView> {
    const organizationId = caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    const { settings } = await this.organizations.get(organizationId);
    const now = this.clock.recordedAt();
    const [account, { spent, accountSince }] = await Promise.all([
      this.accounts.account(organizationId),
      this.reader.spent(organizationId, now - BURN_WINDOW_DAYS * DAY_MS),
    ]);
    const { posted, held } = account ?? { posted: 0, held: 0 };
    const burn = burnRate(spent, posted - held, accountSince, now);
    return {
      organization_id: organizationId,
      balance: posted,
      held,
      available: posted - held,
      low_balance_threshold: settings.lowBalanceThreshold,
      low: settings.lowBalanceThreshold !== null && posted < settings.lowBalanceThreshold,
      burn: { window_days: burn.windowDays, per_day: burn.perDay, days_left: burn.daysLeft },
      as_of: new Date(now).toISOString(),
    };
  }
}
