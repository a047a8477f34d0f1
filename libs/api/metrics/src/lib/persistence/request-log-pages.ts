import { Injectable } from '@nestjs/common';
import type { InputOf, listRequests, ResultOf } from '@tollgate/contracts';
import { Database, keysetPage } from '@tollgate/api/database';
import type { RequestLogRow } from './request-log';
import { logConditions, optionally, type LogScope } from './usage-log';

type Query = InputOf<typeof listRequests>['query'];
type Page = ResultOf<typeof listRequests>;

export function requestView(row: RequestLogRow): Page['data'][number] {
  return {
    id: row.id,
    at: new Date(row.happened_at).toISOString(),
    organization_id: row.organization_id,
    application_id: row.application_id,
    event: row.event,
    method: row.method,
    endpoint: row.endpoint,
    status: row.status,
    error_code: row.error_code,
    ip_address: row.effective_address,
    user: row.principal_label,
    duration_ms: row.duration_us / 1000,
  };
}

/** Pages of the request log. */
@Injectable()
export class RequestLogPages {
  constructor(private readonly database: Database) {}

  page(query: Query, scope: LogScope): Promise<Page> {
    return keysetPage<RequestLogRow, Page['data'][number]>(this.database, {
      list: 'requests',
      select: 'request_log.*',
      from: 'request_log',
      id: 'id',
      sorts: { at: 'happened_at' },
      sort: query.sort ?? '-at',
      where: [
        ...logConditions(scope, query),
        optionally('event = ?', query.event),
        optionally('method = ?', query.method),
        optionally('status_class = ?', query.status),
        optionally('effective_address = ?', query.ip_address),
        optionally('request_id = ?', query.request_id),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: requestView,
    });
  }
}
