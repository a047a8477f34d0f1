import { Injectable } from '@nestjs/common';
import type { OrganizationView } from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { CachedOrganizationDirectory } from './cached-organization-directory';
import { auditedFields, organizationView } from './organization-view';
import type { OrganizationRow } from './persistence/organization.entity';
import { Organizations } from './persistence/organizations';

/**
 * Suspends and reactivates. The keys of a suspended organization refuse because the directory says so, not because
 * they were changed: nothing has to be put back.
 */
@Injectable()
export class SuspendOrganization {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly organizations: Organizations,
    private readonly directory: CachedOrganizationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Errors: not_found, organization_state, built_in_organization. */
  suspend(id: string, reason: string, caller: Principal): Promise<OrganizationView> {
    return this.change(id, caller, 'organization.suspended', reason, (row) => {
      if (row.builtIn) throw new DomainError('built_in_organization');
      if (row.status !== 'active') throw new DomainError('organization_state', { extra: { status: row.status } });
      return { status: 'suspended', suspendedAt: this.clock.recordedAt(), suspensionReason: reason };
    });
  }

  /** Errors: not_found, organization_state. */
  reactivate(id: string, reason: string | undefined, caller: Principal): Promise<OrganizationView> {
    return this.change(id, caller, 'organization.reactivated', reason, (row) => {
      if (row.status !== 'suspended') throw new DomainError('organization_state', { extra: { status: row.status } });
      return { status: 'active', suspendedAt: null, suspensionReason: null };
    });
  }

  private change(
    id: string,
    caller: Principal,
    action: string,
    reason: string | undefined,
    decide: (row: OrganizationRow) => Pick<OrganizationRow, 'status' | 'suspendedAt' | 'suspensionReason'>,
  ): Promise<OrganizationView> {
    return this.unitOfWork.run(async () => {
      const before = await this.organizations.find(scopeOf(caller), id);
      if (before === null) throw new DomainError('not_found');
      const change = { ...decide(before), updatedAt: this.clock.recordedAt() };
      if (!(await this.organizations.update(id, before.version, change))) throw new DomainError('version_conflict');
      const after = { ...before, ...change, version: before.version + 1 };
      await this.directory.changed();
      await this.auditTrail.record({
        action,
        organizationId: id,
        target: { type: 'organization', id, label: before.name },
        changes: changesBetween(auditedFields(before), auditedFields(after)),
        ...(reason === undefined ? {} : { reason }),
      });
      return organizationView(after);
    });
  }
}
