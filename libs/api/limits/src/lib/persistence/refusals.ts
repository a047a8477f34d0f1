import { Inject, Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import type { InputOf, listRefusals, Page, RefusalView } from '@tollgate/contracts';
import { RefusalEntity } from './limits.entities';

interface RefusalRow {
  id: string;
  request_id: string;
  organization_id: string;
  application_id: string;
  test: number;
  outcome: RefusalView['outcome'];
  code: string;
  policy: string | null;
  reasons: string;
  channel: string;
  destination_masked: string | null;
  country: string | null;
  client_ip: string | null;
  retry_after: number | null;
  at: number;
}

const COLUMNS = [
  'id',
  'request_id',
  'organization_id',
  'application_id',
  'test',
  'outcome',
  'code',
  'policy',
  'reasons',
  'channel',
  'destination_masked',
  'country',
  'client_ip',
  'retry_after',
  'at',
];
const SELECT = COLUMNS.map((column) => `r.${column} AS ${column}`).join(', ');

const viewOf = (row: RefusalRow): RefusalView => ({
  id: row.id,
  request_id: row.request_id,
  organization_id: row.organization_id,
  application_id: row.application_id,
  test: Number(row.test) === 1,
  at: new Date(Number(row.at)).toISOString(),
  outcome: row.outcome,
  code: row.code,
  policy: row.policy,
  reasons: JSON.parse(row.reasons) as RefusalView['reasons'],
  channel: row.channel,
  destination: row.destination_masked,
  country: row.country,
  client_ip: row.client_ip,
  retry_after: row.retry_after === null ? null : Number(row.retry_after),
});

/** Why requests were refused; kept a month. */
@Injectable()
export class Refusals {
  constructor(@Inject(Database) private readonly database: Database) {}

  async add(refusal: RefusalEntity): Promise<void> {
    await this.database.manager.insert(RefusalEntity, refusal);
  }

  /** Of one request: the refusal itself before what was only recorded. */
  async ofRequest(scope: OrganizationScope, requestId: string): Promise<RefusalView | null> {
    const [row] = await this.database.query<RefusalRow>(
      `SELECT ${SELECT} FROM refusal r WHERE r.request_id = ? AND (? IS NULL OR r.organization_id = ?)
        ORDER BY CASE WHEN r.outcome = 'would_block' THEN 1 ELSE 0 END, r.at DESC, r.id DESC LIMIT 1`,
      [requestId, scope.organizationId, scope.organizationId],
    );
    return row === undefined ? null : viewOf(row);
  }

  page(
    scope: OrganizationScope,
    query: InputOf<typeof listRefusals>['query'],
    range: { readonly from: number | null; readonly to: number | null },
  ): Promise<Page<RefusalView>> {
    return keysetPage<RefusalRow, RefusalView>(this.database, {
      list: 'refusals',
      select: SELECT,
      from: 'refusal r',
      id: 'r.id',
      sorts: { at: 'r.at' },
      sort: query.sort ?? '-at',
      where: [
        scope.organizationId === null ? null : where('r.organization_id = ?', scope.organizationId),
        where('r.test = ?', query.test === 'true' ? 1 : 0),
        query.application_id === undefined ? null : where('r.application_id = ?', query.application_id),
        query.code === undefined ? null : where('r.code = ?', query.code),
        query.policy === undefined ? null : where('r.policy = ?', query.policy),
        query.outcome === undefined ? null : where('r.outcome = ?', query.outcome),
        query.country === undefined ? null : where('r.country = ?', query.country),
        range.from === null ? null : where('r.at >= ?', range.from),
        range.to === null ? null : where('r.at < ?', range.to),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: viewOf,
    });
  }

  async purge(beforeMs: number, most: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>('SELECT id FROM refusal WHERE at < ? ORDER BY at LIMIT ?', [
      beforeMs,
      most,
    ]);
    for (const { id } of rows) await this.database.execute('DELETE FROM refusal WHERE id = ?', [id]);
    return rows.length;
  }
}
