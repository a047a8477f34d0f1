import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { TestNumberRow } from './test-number.entity';

@Injectable()
export class TestNumbers {
  constructor(private readonly database: Database) {}

  /** Throws a duplicate error when the application has this destination already. */
  async insert(row: TestNumberRow): Promise<void> {
    await this.database.manager.insert(TestNumberRow, row);
  }

  /** All of an application, expired ones too, oldest first. At most ten. */
  ofApplication(scope: OrganizationScope, applicationId: string): Promise<TestNumberRow[]> {
    const own = scope.organizationId === null ? {} : { organizationId: scope.organizationId };
    return this.database.manager.find(TestNumberRow, {
      where: { applicationId, ...own },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  /** False when it was not there, or is not in the scope. */
  async remove(scope: OrganizationScope, applicationId: string, id: string): Promise<boolean> {
    const own = scope.organizationId === null ? {} : { organizationId: scope.organizationId };
    const result = await this.database.manager.delete(TestNumberRow, { id, applicationId, ...own });
    return result.affected === 1;
  }
}
