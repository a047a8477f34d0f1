import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { InputOf, previewOperationPrices, PricePreview } from '@tollgate/contracts';
import { PriceBook } from './domain/price-book';
import { lastMonth, previewUse, type ProposedPrice } from './domain/price-preview';
import { LedgerReader } from './persistence/ledger-reader';
import { OperationPrices } from './persistence/operation-prices';

const LONGEST_RANGE_MS = 92 * 86_400_000;

/** "What would last month have cost?", from real ledger rows. Changes nothing. */
@Injectable()
export class PreviewOperationPrices {
  constructor(
    @Inject(LedgerReader) private readonly reader: LedgerReader,
    @Inject(OperationPrices) private readonly prices: OperationPrices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError range_invalid for a range that is empty or longer than 92 days */
  async execute(caller: Principal, body: InputOf<typeof previewOperationPrices>['body']): Promise<PricePreview> {
    const now = this.clock.recordedAt();
    const month = lastMonth(now);
    const from = body.from === undefined ? month.from : Date.parse(body.from);
    const to = body.to === undefined ? (body.from === undefined ? month.to : now) : Date.parse(body.to);
    if (to <= from || to - from > LONGEST_RANGE_MS) throw new DomainError('range_invalid', { param: 'to' });

    const proposed = body.prices.map(({ operation, country, price, active }): ProposedPrice => ({
      operation,
      country: country ?? null,
      price,
      active: active ?? true,
    }));
    const versions = await this.prices.all();
    const lines = previewUse(await this.reader.use(scopeOf(caller), from, to), versions, proposed, now);
    const charged = lines.reduce((sum, line) => sum + line.charged, 0);
    const wouldHaveCharged = lines.reduce((sum, line) => sum + line.wouldHaveCharged, 0);
    const book = new PriceBook(versions);
    const operations = [...new Set(proposed.map((price) => price.operation))];
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      charged,
      would_have_charged: wouldHaveCharged,
      difference: wouldHaveCharged - charged,
      lines: lines.map((line) => ({
        operation: line.operation,
        country: line.country,
        count: line.count,
        charged: line.charged,
        would_have_charged: line.wouldHaveCharged,
      })),
      not_counted: operations.filter((operation) => book.freeWithin(operation, from, to)),
    };
  }
}
