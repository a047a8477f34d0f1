import { Inject, Injectable } from '@nestjs/common';
import type { CreditGrants } from './credit-grants';
import type { LedgerSource } from './credit-ledger';
import { LedgerWriter } from './persistence/ledger-writer';

interface NewCredits {
  readonly organizationId: string;
  readonly kind: 'grant' | 'adjustment' | 'purchase';
  readonly amount: number;
  readonly description: string;
  readonly reason: string | null;
  readonly onceKey?: string;
  readonly source?: LedgerSource;
}

/** Posts credits that no operation caused. The guard of the account also holds for what an adjustment takes. */
@Injectable()
export class PostCredits implements CreditGrants {
  constructor(@Inject(LedgerWriter) private readonly writer: LedgerWriter) {}

  grant(grant: Parameters<CreditGrants['grant']>[0]): ReturnType<CreditGrants['grant']> {
    if (!(grant.amount > 0)) throw new Error('a grant is more than zero');
    return this.post(grant);
  }

  /** @throws DomainError insufficient_credits when it takes more than is available */
  async post(credits: NewCredits): Promise<{ transactionId: string; balanceAfter: number } | null> {
    const { organizationId, kind, amount, description, reason, onceKey, source } = credits;
    const result = await this.writer.post({
      organizationId,
      heldDelta: 0,
      transactions: [
        {
          kind,
          amount,
          applicationId: null,
          operation: null,
          country: null,
          priceId: null,
          source: source ?? null,
          onceKey: onceKey === undefined ? null : `${onceKey}:${kind}`,
          reversesId: null,
          description,
          reason,
        },
      ],
    });
    const transactionId = result?.transactionIds[0];
    return result === null || transactionId === undefined ? null : { transactionId, balanceAfter: result.postedAfter };
  }
}
