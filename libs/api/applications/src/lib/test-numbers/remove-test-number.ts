import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { TestNumbers } from '../persistence/test-numbers';
import { TestNumberChanges } from './test-number-changes';

/** Removes a live test number, at once in every process within a second. */
@Injectable()
export class RemoveTestNumber {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly testNumbers: TestNumbers,
    private readonly changes: TestNumberChanges,
  ) {}

  /** Errors: not_found. */
  async execute(applicationId: string, id: string, caller: Principal): Promise<void> {
    const scope = scopeOf(caller);
    await this.unitOfWork.run(async () => {
      const rows = await this.testNumbers.ofApplication(scope, applicationId);
      const row = rows.find((candidate) => candidate.id === id);
      if (row === undefined || !(await this.testNumbers.remove(scope, applicationId, id))) {
        throw new DomainError('not_found');
      }
      await this.changes.record('test_number.removed', row);
    });
  }
}
