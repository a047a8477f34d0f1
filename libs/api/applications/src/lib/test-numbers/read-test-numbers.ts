import { Injectable } from '@nestjs/common';
import type { Page, TestNumberView } from '@tollgate/contracts';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { Applications } from '../persistence/applications';
import { TestNumbers } from '../persistence/test-numbers';
import { SealedTestNumbers } from './sealed-test-numbers';

/** Lists the live test numbers of an application with their codes, expired ones too. */
@Injectable()
export class ReadTestNumbers {
  constructor(
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly testNumbers: TestNumbers,
    private readonly sealed: SealedTestNumbers,
  ) {}

  /** Errors: not_found. */
  async execute(applicationId: string, caller: Principal): Promise<Page<TestNumberView>> {
    const scope = scopeOf(caller);
    if ((await this.applications.find(scope, applicationId)) === null) throw new DomainError('not_found');
    const now = this.clock.recordedAt();
    const data = (await this.testNumbers.ofApplication(scope, applicationId)).map((row) => this.sealed.view(row, now));
    return { data, next_cursor: null, total_estimate: data.length };
  }
}
