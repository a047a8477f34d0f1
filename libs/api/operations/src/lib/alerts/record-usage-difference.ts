import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { OrganizationDirectory } from '@tollgate/api/organizations';

/** Rollups that differ from the rows are evidence that something is wrong: it stands in the platform's audit log. */
@Injectable()
export class RecordUsageDifference {
  constructor(
    private readonly audit: AuditTrail,
    private readonly organizations: OrganizationDirectory,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(count: number): Promise<void> {
    const organizationId = await this.organizations.platformId();
    await this.unitOfWork.run(() =>
      this.audit.record({
        action: 'usage.difference_found',
        outcome: 'failure',
        organizationId,
        target: { type: 'usage', id: 'rollups' },
        reason: `${count} counters of the last three days differ from the rows they count`,
      }),
    );
  }
}
