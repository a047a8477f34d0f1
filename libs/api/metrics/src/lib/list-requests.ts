import { Injectable } from '@nestjs/common';
import type { getRequest, InputOf, listRequests, ResultOf } from '@tollgate/contracts';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { RequestLog } from './persistence/request-log';
import { RequestLogPages, requestView } from './persistence/request-log-pages';

/** The request log, as far as the caller may see it. */
@Injectable()
export class ListRequests {
  constructor(
    private readonly log: RequestLog,
    private readonly pages: RequestLogPages,
  ) {}

  list(query: InputOf<typeof listRequests>['query'], caller: Principal): Promise<ResultOf<typeof listRequests>> {
    return this.pages.page(query, {
      ...scopeOf(caller),
      applicationId: caller.applicationId ?? query.application_id ?? null,
      test: caller.test ?? query.test === 'true',
    });
  }

  async get(id: string, caller: Principal): Promise<ResultOf<typeof getRequest>> {
    const row = await this.log.find(id, scopeOf(caller).organizationId);
    if (row === null) throw new DomainError('not_found');
    return {
      ...requestView(row),
      request_id: row.request_id,
      forwarded_for: row.forwarded_for,
      remote_address: row.remote_address,
      user_agent: row.user_agent,
      principal_id: row.principal_id,
      idempotency_replayed: row.replayed === 1,
    };
  }
}
