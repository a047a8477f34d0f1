import { Inject, Injectable } from '@nestjs/common';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import type { CreditEntryView, InputOf, listCreditEntries, Page } from '@tollgate/contracts';
import type { Operation } from '../credit-ledger';
import { onceKeys } from '../domain/postings';

interface EntryRow {
  id: string;
  organization_id: string;
  seq: number;
  recorded_at: number;
  kind: CreditEntryView['type'];
  amount: number;
  balance_after: number;
  description: string;
  actor_kind: CreditEntryView['created_by']['kind'];
  actor_id: string;
  actor_label: string;
  application_id: string | null;
  operation: Operation | null;
  country: string | null;
  source_type: string;
  source_id: string;
  reason: string | null;
  reverses_id: string | null;
  request_id: string | null;
}

export interface ChargedRow {
  readonly id: string;
  /** Negative milli-credits. */
  readonly amount: number;
  readonly operation: Operation;
  readonly country: string | null;
  readonly priceId: string;
  readonly description: string;
}

export interface UseRow {
  readonly operation: Operation;
  readonly country: string | null;
  readonly count: number;
  readonly charged: number;
}

const SELECT = `t.id AS id, t.organization_id AS organization_id, e.seq AS seq, t.recorded_at AS recorded_at,
  t.kind AS kind, e.amount AS amount, e.balance_after AS balance_after, t.description AS description,
  t.actor_kind AS actor_kind, t.actor_id AS actor_id, t.actor_label AS actor_label,
  t.application_id AS application_id, t.operation AS operation, t.country AS country, t.source_type AS source_type,
  t.source_id AS source_id, t.reason AS reason, t.reverses_id AS reverses_id, t.request_id AS request_id`;
const FROM = 'ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id';

const viewOf = (row: EntryRow): CreditEntryView => ({
  id: row.id,
  organization_id: row.organization_id,
  seq: Number(row.seq),
  recorded_at: new Date(Number(row.recorded_at)).toISOString(),
  type: row.kind,
  amount: Number(row.amount),
  balance_after: Number(row.balance_after),
  description: row.description,
  created_by: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
  application_id: row.application_id,
  operation: row.operation,
  country: row.country,
  source: { type: row.source_type, id: row.source_id },
  reason: row.reason,
  reverses: row.reverses_id,
  request_id: row.request_id,
});

/** Reads the ledger for people: history, one entry, sums for previews. */
@Injectable()
export class LedgerReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  async entry(scope: OrganizationScope, transactionId: string): Promise<CreditEntryView | null> {
    const [row] = await this.database.query<EntryRow>(
      `SELECT ${SELECT} FROM ${FROM} WHERE t.id = ? AND e.line = 0 AND (? IS NULL OR t.organization_id = ?)`,
      [transactionId, scope.organizationId, scope.organizationId],
    );
    return row === undefined ? null : viewOf(row);
  }

  /**
   * In the order of posting: by place in the history of one organization, by transaction across all. Times of entries
   * are not that order, for they are taken before the account's lock.
   */
  page(
    scope: OrganizationScope,
    query: InputOf<typeof listCreditEntries>['query'],
    range: { readonly from: number | null; readonly to: number | null },
  ): Promise<Page<CreditEntryView>> {
    const { organizationId } = scope;
    const order = organizationId === null ? 'e.transaction_id' : 'e.seq';
    return keysetPage<EntryRow, CreditEntryView>(this.database, {
      list: 'credit_entries',
      select: SELECT,
      from: FROM,
      id: 'e.transaction_id',
      sorts: { recorded_at: order },
      sort: query.sort ?? '-recorded_at',
      where: [
        where('e.seq IS NOT NULL'),
        organizationId === null ? null : where('e.organization_id = ?', organizationId),
        query.type === undefined ? null : where('t.kind = ?', query.type),
        query.application_id === undefined ? null : where('t.application_id = ?', query.application_id),
        query.operation === undefined ? null : where('t.operation = ?', query.operation),
        query.source_id === undefined ? null : ofSource(query.source_id),
        range.from === null ? null : where('e.recorded_at >= ?', range.from),
        range.to === null ? null : where('e.recorded_at < ?', range.to),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: viewOf,
    });
  }

  /** What a source was charged; found through the unique key, which begins with the source. */
  async chargesOf(organizationId: string, sourceId: string): Promise<ChargedRow[]> {
    const [from, to] = onceKeys.chargesOfSource(sourceId);
    const rows = await this.database.query<EntryRow & { price_id: string }>(
      `SELECT id, amount, operation, country, price_id, description FROM ledger_transaction
        WHERE once_key >= ? AND once_key < ? AND organization_id = ? ORDER BY once_key`,
      [from, to, organizationId],
    );
    return rows.map(({ id, amount, operation, country, price_id: priceId, description }) => {
      if (operation === null) throw new Error(`the charge ${id} names no operation`);
      return { id, amount: Number(amount), operation, country, priceId, description };
    });
  }

  /** Paid use of the range by operation and country; what was refunded is not counted. */
  async use(scope: OrganizationScope, fromMs: number, toMs: number): Promise<UseRow[]> {
    const rows = await this.database.query<{
      operation: Operation;
      country: string | null;
      n: number;
      charged: number;
    }>(
      `SELECT operation, country, SUM(CASE WHEN kind = 'refund' THEN -1 ELSE 1 END) AS n, -SUM(amount) AS charged
        FROM ledger_transaction
        WHERE ${scope.organizationId === null ? '1 = 1' : 'organization_id = ?'}
          AND kind IN ('charge', 'capture', 'refund') AND operation IS NOT NULL AND recorded_at >= ? AND recorded_at < ?
        GROUP BY operation, country ORDER BY operation, country`,
      [...(scope.organizationId === null ? [] : [scope.organizationId]), fromMs, toMs],
    );
    return rows.map(({ operation, country, n, charged }) => ({
      operation,
      country,
      count: Number(n),
      charged: Number(charged),
    }));
  }

  /** Milli-credits charged since the instant, less refunds; and when the account began. */
  async spent(organizationId: string, sinceMs: number): Promise<{ spent: number; accountSince: number | null }> {
    const [row] = await this.database.query<{ spent: number | null; since: number | null }>(
      `SELECT (SELECT -SUM(amount) FROM ledger_transaction WHERE organization_id = ?
          AND kind IN ('charge', 'capture', 'refund') AND recorded_at >= ?) AS spent,
        (SELECT created_at FROM ledger_account WHERE organization_id = ?) AS since`,
      [organizationId, sinceMs, organizationId],
    );
    const since = row?.since ?? null;
    return { spent: Number(row?.spent ?? 0), accountSince: since === null ? null : Number(since) };
  }
}

function ofSource(sourceId: string): Condition {
  const [from, to] = onceKeys.ofSource(sourceId);
  return where('t.once_key >= ? AND t.once_key < ?', from, to);
}
