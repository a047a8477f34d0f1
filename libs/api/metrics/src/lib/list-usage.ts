import { Injectable } from '@nestjs/common';
import type { InputOf, listUsage, ResultOf } from '@tollgate/contracts';
import { scopeOf, type Principal } from '@tollgate/api/kernel';
import { UsageLog } from './persistence/usage-log';

/** The usage activity log, as far as the caller may see it. */
@Injectable()
export class ListUsage {
  constructor(private readonly log: UsageLog) {}

  execute(query: InputOf<typeof listUsage>['query'], caller: Principal): Promise<ResultOf<typeof listUsage>> {
    return this.log.page(query, {
      ...scopeOf(caller),
      applicationId: caller.applicationId ?? query.application_id ?? null,
      test: caller.test ?? query.test === 'true',
    });
  }
}
