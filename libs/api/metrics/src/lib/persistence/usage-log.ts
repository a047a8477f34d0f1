import { Injectable } from '@nestjs/common';
import type { InputOf, listUsage, ResultOf } from '@tollgate/contracts';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';

export interface LogScope extends OrganizationScope {
  readonly applicationId: string | null;
  readonly test: boolean;
}

type Query = InputOf<typeof listUsage>['query'];
type Page = ResultOf<typeof listUsage>;

interface UsageRow {
  readonly id: string;
  readonly happened_at: number;
  readonly organization_id: string;
  readonly application_id: string;
  readonly action: 'authentication' | 'verification';
  readonly channel: 'sms' | 'email' | 'mobile';
  readonly result: 'success' | 'unused' | 'failed';
  readonly credits: number;
  readonly verification_id: string | null;
}

/** Conditions that every log shares: whose rows, of which kind, from when to when. */
export function logConditions(
  scope: LogScope,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
): (Condition | null)[] {
  return [
    scope.organizationId === null ? null : where('organization_id = ?', scope.organizationId),
    where('test = ?', scope.test ? 1 : 0),
    scope.applicationId === null ? null : where('application_id = ?', scope.applicationId),
    range.from === undefined ? null : where('happened_at >= ?', Date.parse(range.from)),
    range.to === undefined ? null : where('happened_at < ?', Date.parse(range.to)),
  ];
}

export const optionally = (sql: string, value: string | undefined): Condition | null =>
  value === undefined ? null : where(sql, value);

/** The usage activity log: the rows of usage that are somebody's action. */
@Injectable()
export class UsageLog {
  constructor(private readonly database: Database) {}

  page(query: Query, scope: LogScope): Promise<Page> {
    return keysetPage<UsageRow, Page['data'][number]>(this.database, {
      list: 'usage',
      select: 'id, happened_at, organization_id, application_id, action, channel, result, credits, verification_id',
      from: 'usage_event',
      id: 'id',
      sorts: { at: 'happened_at' },
      sort: query.sort ?? '-at',
      where: [
        where('action IS NOT NULL'),
        ...logConditions(scope, query),
        optionally('action = ?', query.action),
        optionally('channel = ?', query.channel),
        optionally('result = ?', query.result),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: (row) => ({
        id: row.id,
        at: new Date(row.happened_at).toISOString(),
        organization_id: row.organization_id,
        application_id: row.application_id,
        action: row.action,
        channel: row.channel,
        result: row.result,
        requests: 1,
        credits: row.credits,
        verification_id: row.verification_id,
      }),
    });
  }
}
