import { Inject, Injectable } from '@nestjs/common';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { InputOf, listRefusals, Page, RefusalView } from '@tollgate/contracts';
import { Refusals } from './persistence/refusals';

/** Why requests of the caller's organization were refused; all organizations for staff who named none. */
@Injectable()
export class ReadRefusals {
  constructor(@Inject(Refusals) private readonly refusals: Refusals) {}

  /** @throws DomainError not_found also for a request of somebody else */
  async ofRequest(caller: Principal, requestId: string): Promise<RefusalView> {
    const refusal = await this.refusals.ofRequest(scopeOf(caller), requestId);
    if (refusal === null) throw new DomainError('not_found');
    return refusal;
  }

  /** @throws DomainError range_invalid, invalid_cursor */
  async page(caller: Principal, query: InputOf<typeof listRefusals>['query']): Promise<Page<RefusalView>> {
    const from = query.from === undefined ? null : Date.parse(query.from);
    const to = query.to === undefined ? null : Date.parse(query.to);
    if (from !== null && to !== null && to <= from) throw new DomainError('range_invalid', { param: 'to' });
    return this.refusals.page(scopeOf(caller), query, { from, to });
  }
}
