import { Inject, Injectable } from '@nestjs/common';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { CreditEntryView, InputOf, listCreditEntries, Page } from '@tollgate/contracts';
import { LedgerReader } from './persistence/ledger-reader';

/** The credit history: of the own organization, or of all for staff of the platform who named none. */
@Injectable()
export class ListCreditEntries {
  constructor(@Inject(LedgerReader) private readonly reader: LedgerReader) {}

  /** @throws DomainError range_invalid, invalid_cursor */
  execute(caller: Principal, query: InputOf<typeof listCreditEntries>['query']): Promise<Page<CreditEntryView>> {
    const from = query.from === undefined ? null : Date.parse(query.from);
    const to = query.to === undefined ? null : Date.parse(query.to);
    if (from !== null && to !== null && to <= from) throw new DomainError('range_invalid', { param: 'to' });
    return this.reader.page(scopeOf(caller), query, { from, to });
  }
}
