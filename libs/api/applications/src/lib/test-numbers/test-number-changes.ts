import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { CachedApplicationDirectory } from '../cached-application-directory';
import type { TestNumberRow } from '../persistence/test-number.entity';
import { TestNumbers } from '../persistence/test-numbers';

/** What adding and removing have in common: the row, the caches, the log. */
@Injectable()
export class TestNumberChanges {
  constructor(
    private readonly testNumbers: TestNumbers,
    private readonly directory: CachedApplicationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  async count({ organizationId, applicationId }: TestNumberRow): Promise<number> {
    return (await this.testNumbers.ofApplication({ organizationId }, applicationId)).length;
  }

  insert(row: TestNumberRow): Promise<void> {
    return this.testNumbers.insert(row);
  }

  async record(action: 'test_number.added' | 'test_number.removed', row: TestNumberRow): Promise<void> {
    await this.directory.testNumbersChanged();
    const state = {
      to: row.destinationMasked,
      code: '[secret]',
      ends_at: new Date(row.endsAt).toISOString(),
      note: row.note,
    };
    const added = action === 'test_number.added';
    await this.auditTrail.record({
      action,
      organizationId: row.organizationId,
      target: { type: 'application', id: row.applicationId, label: row.destinationMasked },
      changes: Object.entries(state).map(([field, value]) => ({
        field,
        before: added ? null : value,
        after: added ? value : null,
      })),
    });
  }
}
