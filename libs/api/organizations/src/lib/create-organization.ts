import { Injectable } from '@nestjs/common';
import type { createOrganization, InputOf, OrganizationView } from '@tollgate/contracts';
import { AuditTrail, changesBetween, type AuditActor } from '@tollgate/api/audit';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import { changedSettings, DEFAULT_SETTINGS } from './domain/settings';
import { isReservedSlug, slugFromName } from './domain/slug';
import { CachedOrganizationDirectory } from './cached-organization-directory';
import { auditedFields, organizationView, settingsFromWire } from './organization-view';
import type { OrganizationRow } from './persistence/organization.entity';
import { Organizations } from './persistence/organizations';

export type NewOrganization = InputOf<typeof createOrganization>['body'];

/** Creates an organization. It begins active, with no members, no applications and no credits. */
@Injectable()
export class CreateOrganization {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly organizations: Organizations,
    private readonly directory: CachedOrganizationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** `actor` where no request acts. Errors: slug_taken, time_zone_invalid. */
  async execute(wanted: NewOrganization, actor?: AuditActor): Promise<OrganizationView> {
    if (wanted.slug !== undefined && isReservedSlug(wanted.slug)) {
      throw new DomainError('slug_taken', { param: 'slug', detail: 'This slug is reserved' });
    }
    const now = this.clock.recordedAt();
    const row: OrganizationRow = {
      id: newId('org', now),
      slug: wanted.slug ?? slugFromName(wanted.name),
      name: wanted.name,
      status: 'active',
      country: wanted.country ?? null,
      builtIn: false,
      suspendedAt: null,
      suspensionReason: null,
      ...changedSettings(DEFAULT_SETTINGS, settingsFromWire(wanted.settings ?? {})),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.unitOfWork.run(async () => {
      await this.insert(row);
      // The directory may hold that there is no such id.
      await this.directory.changed();
      await this.auditTrail.record({
        action: 'organization.created',
        organizationId: row.id,
        target: { type: 'organization', id: row.id, label: row.name },
        changes: changesBetween({}, auditedFields(row)),
        ...(actor === undefined ? {} : { actor }),
      });
      return organizationView(row);
    });
  }

  private async insert(row: OrganizationRow): Promise<void> {
    try {
      await this.organizations.insert(row);
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('slug_taken', { param: 'slug' }, error);
      throw error;
    }
  }
}
