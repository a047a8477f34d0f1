import { Injectable } from '@nestjs/common';
import type { InputOf, listAuditEvents, Page } from '@tollgate/contracts';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import type { AuditEventRow } from '../domain/audit-event';
import { selectEvent } from './event-columns';

export type AuditQuery = InputOf<typeof listAuditEvents>['query'];

/** An event with its place in the chain, when it has one already. */
export type LoggedEvent = AuditEventRow & {
  readonly sealSeq: number | null;
  readonly sealPreviousHash: string | null;
  readonly sealHash: string | null;
  readonly sealedAt: number | null;
};

const SELECT = `${selectEvent('e')}, s.seq AS sealSeq, s.previous_hash AS sealPreviousHash, s.hash AS sealHash,
  s.sealed_at AS sealedAt`;
const FROM = 'audit_event e LEFT JOIN audit_seal s ON s.event_id = e.id';
const SEARCHED = ['e.actor_label', 'e.target_label', 'e.target_id', 'e.reason', 'e.changes'];

/** Text for LIKE in which nothing is a wildcard. The statement says ESCAPE '!'. */
const escaped = (text: string): string => text.toLowerCase().replace(/[!%_]/g, '!$&');
const contains = (text: string): string => `%${escaped(text)}%`;
/** Actions are an ascii column: MySQL refuses to compare it with text that is not, and it cannot hold any. */
const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Reads the log of a scope. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: Database) {}

  async find(scope: OrganizationScope, id: string): Promise<LoggedEvent | null> {
    const own = scope.organizationId;
    const [row] = await this.database.query<LoggedEvent>(
      `SELECT ${SELECT} FROM ${FROM} WHERE e.id = ?${own === null ? '' : ' AND e.organization_id = ?'}`,
      own === null ? [id] : [id, own],
    );
    return row ?? null;
  }

  page<View>(scope: OrganizationScope, query: AuditQuery, map: (event: LoggedEvent) => View): Promise<Page<View>> {
    return keysetPage<LoggedEvent, View>(this.database, {
      list: 'audit',
      select: SELECT,
      from: FROM,
      id: 'e.id',
      sorts: { at: 'e.occurred_at' },
      sort: query.sort ?? '-at',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        scope.organizationId === null ? null : where('e.organization_id = ?', scope.organizationId),
        ...conditionsOf(query),
      ],
      map,
    });
  }
}

function conditionsOf(query: AuditQuery): (Condition | null)[] {
  const { actor, action, target_type: type, target_id: target, outcome, request_id: request, ip, from, to, q } = query;
  return [
    actor === undefined
      ? null
      : where(`e.actor_id = ? OR LOWER(e.actor_label) LIKE ? ESCAPE '!'`, actor, contains(actor)),
    action === undefined ? null : actionCondition(action),
    type === undefined ? null : where('e.target_type = ?', type),
    target === undefined ? null : where('e.target_id = ?', target),
    outcome === undefined ? null : where('e.outcome = ?', outcome),
    request === undefined ? null : where('e.request_id = ?', request),
    ip === undefined ? null : where('e.address_effective = ? OR e.address_remote = ?', ip, ip),
    from === undefined ? null : where('e.occurred_at >= ?', Date.parse(from)),
    to === undefined ? null : where('e.occurred_at < ?', Date.parse(to)),
    q === undefined ? null : searchCondition(q),
  ];
}

/** `api_key.revoked` is that action; `api_key` is every action of the resource. */
function actionCondition(action: string): Condition {
  return action.includes('.')
    ? where('e.action = ?', action)
    : where(`e.action LIKE ? ESCAPE '!'`, `${escaped(action)}.%`);
}

function searchCondition(q: string): Condition {
  const columns = isAscii(q) ? ['e.action', ...SEARCHED] : SEARCHED;
  const sql = columns.map((column) => `LOWER(${column}) LIKE ? ESCAPE '!'`).join(' OR ');
  return where(sql, ...columns.map(() => contains(q)));
}
