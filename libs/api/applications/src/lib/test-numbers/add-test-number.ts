import { Injectable } from '@nestjs/common';
import type { createTestNumber, InputOf, TestNumberView } from '@tollgate/contracts';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { Applications } from '../persistence/applications';
import type { TestNumberRow } from '../persistence/test-number.entity';
import { SealedTestNumbers } from './sealed-test-numbers';
import { TestNumberChanges } from './test-number-changes';

type NewTestNumber = InputOf<typeof createTestNumber>['body'];

const MOST_NUMBERS = 10;
const LONGEST_MS = 90 * 24 * 60 * 60 * 1_000;

/**
 * Adds a live test number: a live key that starts a verification for one gets the fixed code, no message
 * is sent and nothing is charged. Each is a door with a known key, so each has an end, and each step is audited.
 */
@Injectable()
export class AddTestNumber {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly sealed: SealedTestNumbers,
    private readonly changes: TestNumberChanges,
  ) {}

  /** Errors: not_found, invalid_destination, test_number_invalid, test_number_limit, test_number_exists. */
  async execute(applicationId: string, wanted: NewTestNumber, caller: Principal): Promise<TestNumberView> {
    const scope = scopeOf(caller);
    const now = this.clock.recordedAt();
    const endsAt = Date.parse(wanted.ends_at);
    if (endsAt <= now || endsAt > now + LONGEST_MS) {
      throw new DomainError('test_number_invalid', {
        param: 'ends_at',
        detail: 'ends_at must be within the next 90 days',
      });
    }
    return this.unitOfWork.run(async () => {
      if (!(await this.applications.lock(scope, applicationId))) throw new DomainError('not_found');
      const application = await this.applications.find(scope, applicationId);
      if (application === null) throw new DomainError('not_found');
      const row = this.sealed.seal({
        organizationId: application.organizationId,
        applicationId,
        to: wanted.to,
        code: wanted.code,
        note: wanted.note ?? null,
        endsAt,
        createdBy: caller.label,
      });
      await this.insert(row);
      await this.changes.record('test_number.added', row);
      return this.sealed.view(row, now);
    });
  }

  /** Under the lock of the application, so that two at once do not both become the tenth. */
  private async insert(row: TestNumberRow): Promise<void> {
    if ((await this.changes.count(row)) >= MOST_NUMBERS) throw new DomainError('test_number_limit');
    try {
      await this.changes.insert(row);
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('test_number_exists', { param: 'to' }, error);
      throw error;
    }
  }
}
