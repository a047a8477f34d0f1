import { Inject, Injectable } from '@nestjs/common';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import type { Operation, Quote } from './credit-ledger';
import { PriceBook, priceOf } from './domain/price-book';
import { OperationPrices } from './persistence/operation-prices';

const TOPIC = 'operation_prices';

/**
 * The prices in force, kept in memory: a quote makes no query. All versions are kept, scheduled ones too, so that a
 * price takes effect at its instant without anybody doing anything. Time is the recorded one: `Test-Clock` moves no
 * price.
 */
@Injectable()
export class PriceList {
  private readonly topic: CacheTopic<PriceBook>;

  constructor(
    @Inject(VersionedCache) private readonly cache: VersionedCache,
    @Inject(OperationPrices) private readonly prices: OperationPrices,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.topic = cache.topic<PriceBook>(TOPIC, { maxEntries: 1 });
  }

  book(): Promise<PriceBook> {
    return this.topic.get('book', async () => new PriceBook(await this.prices.all()));
  }

  /** In the transaction of the change: every process sees it within a second. */
  changed(): Promise<void> {
    return this.cache.bump(TOPIC);
  }

  async quote(operation: Operation, country: string | null): Promise<Quote> {
    const book = await this.book();
    const version = book.inForce(operation, country, this.clock.recordedAt());
    // A start that nobody set a price for is not given away: the installation lost the prices that it began with.
    if (version === null) throw new Error(`there is no price for ${operation}`);
    return { operation, price: priceOf(version), priceId: version.id, country };
  }
}
