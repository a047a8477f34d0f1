import { Injectable } from '@nestjs/common';
import type { InputOf, OrganizationView, updateOrganization } from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { CachedOrganizationDirectory } from './cached-organization-directory';
import { changedSettings } from './domain/settings';
import { isReservedSlug } from './domain/slug';
import { auditedFields, organizationView, settingsFromWire, settingsOf } from './organization-view';
import type { OrganizationRow } from './persistence/organization.entity';
import { Organizations } from './persistence/organizations';

export type OrganizationEdit = InputOf<typeof updateOrganization>['body'];

/** Edits name, slug, country and settings. Two editors never overwrite each other unseen: the second one conflicts. */
@Injectable()
export class EditOrganization {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly organizations: Organizations,
    private readonly directory: CachedOrganizationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Errors: not_found, version_conflict, slug_taken, time_zone_invalid, built_in_organization, permission_denied. */
  async execute(id: string, edit: OrganizationEdit, caller: Principal): Promise<OrganizationView> {
    return this.unitOfWork.run(async () => {
      const before = await this.organizations.find(scopeOf(caller), id);
      if (before === null) throw new DomainError('not_found');
      if (before.version !== edit.version) throw new DomainError('version_conflict', { param: 'version' });
      const after = this.edited(before, edit, caller);
      const changes = changesBetween(auditedFields(before), auditedFields(after));
      if (changes.length === 0) return organizationView(before);
      await this.store(after, before.version);
      await this.directory.changed();
      await this.auditTrail.record({
        action: 'organization.updated',
        organizationId: id,
        target: { type: 'organization', id, label: after.name },
        changes,
      });
      return organizationView({ ...after, version: before.version + 1 });
    });
  }

  private edited(before: OrganizationRow, edit: OrganizationEdit, caller: Principal): OrganizationRow {
    const slug = edit.slug ?? before.slug;
    if (slug !== before.slug) this.checkSlug(slug, before);
    const settings = changedSettings(settingsOf(before), settingsFromWire(edit.settings ?? {}));
    if (settings.refundUndelivered !== before.refundUndelivered && !caller.platformStaff) {
      // It decides who pays for an undelivered message: not for whoever is paid back to choose.
      throw new DomainError('permission_denied', { param: 'settings.refund_undelivered' });
    }
    return {
      ...before,
      ...settings,
      slug,
      name: edit.name ?? before.name,
      country: edit.country === undefined ? before.country : edit.country,
      updatedAt: this.clock.recordedAt(),
    };
  }

  private checkSlug(slug: string, before: OrganizationRow): void {
    if (before.builtIn) throw new DomainError('built_in_organization', { param: 'slug' });
    if (isReservedSlug(slug)) throw new DomainError('slug_taken', { param: 'slug', detail: 'This slug is reserved' });
  }

  private async store(row: OrganizationRow, version: number): Promise<void> {
    const { id, builtIn: _builtIn, createdAt: _createdAt, version: _version, ...change } = row;
    try {
      if (!(await this.organizations.update(id, version, change))) throw new DomainError('version_conflict');
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('slug_taken', { param: 'slug' }, error);
      throw error;
    }
  }
}
