import { Injectable, type OnModuleInit } from '@nestjs/common';
import { listRequests, listUsage, type ResultOf } from '@tollgate/contracts';
import { RequestLogPages } from '../persistence/request-log-pages';
import { UsageLog } from '../persistence/usage-log';
import { RegisteredExports } from './registered-exports';

type UsageEntry = ResultOf<typeof listUsage>['data'][number];
type RequestEntry = ResultOf<typeof listRequests>['data'][number];

/** The two logs of this slice, as files with the columns of their pages. */
@Injectable()
export class OwnExports implements OnModuleInit {
  constructor(
    private readonly sources: RegisteredExports,
    private readonly usage: UsageLog,
    private readonly requests: RequestLogPages,
  ) {}

  onModuleInit(): void {
    this.sources.register<UsageEntry>({
      list: 'usage',
      permission: 'usage:read',
      columns: [
        { title: 'When', cell: (row) => row.at },
        { title: 'Organization', cell: (row) => row.organization_id },
        { title: 'App ID', cell: (row) => row.application_id },
        { title: 'Action', cell: (row) => row.action },
        { title: 'Channel', cell: (row) => row.channel },
        { title: 'Result', cell: (row) => row.result },
        { title: 'Requests', cell: (row) => row.requests },
        { title: 'Credits', cell: (row) => row.credits / 1000 },
      ],
      page: (filters, scope, cursor) =>
        this.usage.page(
          listUsage.query.parse({ ...filters, limit: 200, ...(cursor === null ? {} : { cursor }) }),
          scope,
        ),
    });
    this.sources.register<RequestEntry>({
      list: 'requests',
      permission: 'requests:read',
      columns: [
        { title: 'Timestamp', cell: (row) => row.at },
        { title: 'Organization', cell: (row) => row.organization_id },
        { title: 'App ID', cell: (row) => row.application_id },
        { title: 'Event', cell: (row) => row.event },
        { title: 'Method', cell: (row) => row.method },
        { title: 'Endpoint', cell: (row) => row.endpoint },
        { title: 'Status', cell: (row) => row.status },
        { title: 'IP Address', cell: (row) => row.ip_address },
        { title: 'User', cell: (row) => row.user },
      ],
      page: (filters, scope, cursor) =>
        this.requests.page(
          listRequests.query.parse({ ...filters, limit: 200, ...(cursor === null ? {} : { cursor }) }),
          scope,
        ),
    });
  }
}
