import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SearchSources } from '@tollgate/api/database';
import { RequestLog } from './persistence/request-log';

/** A request is found from everywhere by the id that its caller was given. */
@Injectable()
export class FindRequests implements OnModuleInit {
  constructor(
    private readonly sources: SearchSources,
    private readonly log: RequestLog,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      permission: 'requests:read',
      search: async (text, scope, limit) =>
        (await this.log.byRequestId(text, scope.organizationId, limit)).map((row) => ({
          type: 'request',
          id: row.id,
          label: row.request_id,
          detail: `${row.method} ${row.endpoint} ${row.status}`,
          organization_id: row.organization_id,
        })),
    });
  }
}
