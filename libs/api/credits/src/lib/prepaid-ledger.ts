import { Inject, Injectable } from '@nestjs/common';
import type { Charge, ChargeLine, CreditLedger, LedgerSource, Operation, Quote, Settlement } from './credit-ledger';
import { onceKeys } from './domain/postings';
import { HoldSpendCaps } from './hold-spend-caps';
import { NoticeLowBalance } from './notice-low-balance';
import { LedgerReader } from './persistence/ledger-reader';
import { LedgerWriter, type NewTransaction } from './persistence/ledger-writer';
import { PriceList } from './price-list';
import { SpendMeter } from './spend-meter';

/** The door `CreditLedger` over the prepaid accounts of organizations. What each act guarantees stands at the door. */
@Injectable()
export class PrepaidLedger implements CreditLedger {
  constructor(
    @Inject(LedgerWriter) private readonly writer: LedgerWriter,
    @Inject(LedgerReader) private readonly reader: LedgerReader,
    @Inject(PriceList) private readonly prices: PriceList,
    @Inject(SpendMeter) private readonly spending: SpendMeter,
    @Inject(HoldSpendCaps) private readonly caps: HoldSpendCaps,
    @Inject(NoticeLowBalance) private readonly lowBalance: NoticeLowBalance,
  ) {}

  quote(operation: Operation, country: string | null): Promise<Quote> {
    return this.prices.quote(operation, country);
  }

  async charge(charge: Charge): Promise<{ transactionIds: (string | null)[]; balanceAfter: number | null }> {
    const { organizationId, lines, hold } = charge;
    if (hold < 0) throw new Error('a hold is not negative');
    const paid = lines.filter((line) => line.quote.price > 0);
    if (paid.length === 0 && hold === 0) return { transactionIds: lines.map(() => null), balanceAfter: null };

    const result = await this.writer.post({
      organizationId,
      transactions: paid.map((line) => charged(line, charge.applicationId)),
      heldDelta: hold,
    });
    if (result === null) throw new Error(`charged before: ${paid.map((line) => line.source.id).join(', ')}`);
    if (paid.length > 0) await this.caps.assertWithin(charge);
    await this.lowBalance.notice(organizationId, result);
    let next = 0;
    const transactionIds = lines.map((line) => (line.quote.price > 0 ? (result.transactionIds[next++] ?? null) : null));
    return { transactionIds, balanceAfter: paid.length > 0 ? result.postedAfter : null };
  }

  async capture(settlement: Settlement & { readonly line: ChargeLine }): Promise<void> {
    const { organizationId, applicationId, held, line } = settlement;
    const amount = Math.min(line.quote.price, held);
    if (amount <= 0) return this.release(settlement);
    const result = await this.writer.post({
      organizationId,
      transactions: [
        {
          ...charged(line, applicationId),
          kind: 'capture',
          amount: -amount,
          onceKey: onceKeys.capture(line.source.id),
        },
      ],
      heldDelta: -held,
    });
    if (result !== null) await this.lowBalance.notice(organizationId, result);
  }

  async release(settlement: Settlement): Promise<void> {
    const { organizationId, held } = settlement;
    if (held === 0) return;
    await this.writer.post({ organizationId, transactions: [], heldDelta: -held });
  }

  async refund(refund: {
    readonly organizationId: string;
    readonly applicationId: string;
    readonly source: LedgerSource;
    readonly reason: string;
  }): Promise<boolean> {
    const { organizationId, applicationId, source, reason } = refund;
    let refunded = false;
    for (const original of await this.reader.chargesOf(organizationId, source.id)) {
      const result = await this.writer.post({
        organizationId,
        transactions: [
          {
            kind: 'refund',
            amount: -original.amount,
            applicationId,
            operation: original.operation,
            country: original.country,
            priceId: original.priceId,
            source,
            onceKey: onceKeys.refund(source.id, original.operation),
            reversesId: original.id,
            description: `Refund: ${original.description}`,
            reason,
          },
        ],
        heldDelta: 0,
      });
      refunded ||= result !== null;
    }
    return refunded;
  }

  spentSince(
    scope: { readonly organizationId: string; readonly applicationId?: string },
    sinceMs: number,
  ): Promise<number> {
    return this.spending.spentSince(scope.organizationId, scope.applicationId, sinceMs);
  }

  async balance(organizationId: string): Promise<{ posted: number; held: number; available: number }> {
    const account = await this.writer.account(organizationId);
    const { posted, held } = account ?? { posted: 0, held: 0 };
    return { posted, held, available: posted - held };
  }
}

function charged(line: ChargeLine, applicationId: string): NewTransaction {
  const { quote, source, description } = line;
  return {
    kind: 'charge',
    amount: -quote.price,
    applicationId,
    operation: quote.operation,
    country: quote.country ?? null,
    priceId: quote.priceId,
    source,
    onceKey: onceKeys.charge(source.id, quote.operation),
    reversesId: null,
    description,
    reason: null,
  };
}
