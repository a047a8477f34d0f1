import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { CreditLedger, type Quote } from '@tollgate/api/credits';
import { newId, RequestContext } from '@tollgate/api/kernel';
import { UsageMeter } from '@tollgate/api/metrics';
import { chargeLine } from '../charge-line';
import type { Factor } from '../persistence/factor.entity';
import { Factors } from '../persistence/factors';

/** Row, usage and price of an evaluated code, inside the unit of work of the check, the account row last. */
@Injectable()
export class NoteFactorCheck {
  constructor(
    private readonly factors: Factors,
    private readonly usage: UsageMeter,
    private readonly ledger: CreditLedger,
    private readonly applications: ApplicationDirectory,
  ) {}

  /** Cached. Null for test keys. */
  async priceFor(test: boolean): Promise<Quote | null> {
    return test ? null : this.ledger.quote('verification.check', null);
  }

  /** @throws insufficient_credits, spend_cap_reached, and then nothing of the check has happened */
  async note(factor: Factor, outcome: string, quote: Quote | null, at: number): Promise<void> {
    const id = newId('chk', at);
    const price = quote?.price ?? 0;
    const right = outcome === 'right' || outcome === 'recovered';
    await this.factors.addCheck({
      id,
      factorId: factor.id,
      organizationId: factor.organizationId,
      applicationId: factor.applicationId,
      test: factor.test,
      outcome: outcome === 'right' ? 'approved' : outcome,
      price,
      requestId: RequestContext.current()?.requestId ?? null,
      at,
    });
    await this.usage.count([
      {
        organizationId: factor.organizationId,
        applicationId: factor.applicationId,
        test: factor.test,
        channel: 'mobile',
        country: null,
        provider: null,
        cohortAt: at,
        at,
        counts: { checks: 1, [right ? 'checks_right' : 'checks_wrong']: 1, credits: price },
      },
    ]);
    if (quote === null) return;
    await this.ledger.charge({
      organizationId: factor.organizationId,
      applicationId: factor.applicationId,
      lines: [chargeLine(quote, { type: 'factor_check', id })],
      hold: 0,
      applicationDailyCap: (await this.applications.get(factor.applicationId)).dailySpendCap,
    });
  }
}
