import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import type { InputOf, listOperationPrices, OperationPriceView, Page } from '@tollgate/contracts';
import { OperationPrices } from './persistence/operation-prices';
import { PriceList } from './price-list';

/** The versions of all prices; the same for everybody. */
@Injectable()
export class ListOperationPrices {
  constructor(
    @Inject(OperationPrices) private readonly prices: OperationPrices,
    @Inject(PriceList) private readonly list: PriceList,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(query: InputOf<typeof listOperationPrices>['query']): Promise<Page<OperationPriceView>> {
    return this.prices.page(query, await this.list.book(), this.clock.recordedAt());
  }
}
