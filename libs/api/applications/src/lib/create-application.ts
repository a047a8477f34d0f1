import { Injectable } from '@nestjs/common';
import type { ApplicationView, createApplication, InputOf } from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import { OrganizationDirectory, type OrganizationFacts } from '@tollgate/api/organizations';
import { applicationView, auditedFields, changedColumns } from './application-view';
import { normalizeRanges } from './domain/address-rule';
import { DEFAULT_CODE, siteKeyFromName } from './domain/application-defaults';
import { checkSettings } from './domain/settings-check';
import type { ApplicationRow } from './persistence/application.entity';
import { Applications } from './persistence/applications';

export type NewApplication = InputOf<typeof createApplication>['body'];

/**
 * Creates an application in an organization. Whoever creates it says from where its live keys may be used: an empty
 * list is no answer, because half of the products mean "everybody" by it and half "nobody".
 */
@Injectable()
export class CreateApplication {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly organizations: OrganizationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * `organizationId`: where the caller acts; null for staff of the platform who chose none.
   * Errors: organization_required, address_mode_required, invalid_address_range, site_key_taken, validation_failed.
   */
  async execute(wanted: NewApplication, organizationId: string | null): Promise<ApplicationView> {
    if (organizationId === null) throw new DomainError('organization_required');
    const { address_mode: mode } = wanted;
    if (mode === undefined) throw new DomainError('address_mode_required', { param: 'address_mode' });
    checkSettings(wanted.settings ?? {});
    const ranges = normalizeRanges(wanted.allowed_addresses ?? [], wanted.confirm_any_range === true);
    const organization = await this.organizations.get(organizationId);
    const row = changedColumns(this.fresh(wanted, organization, mode, ranges), wanted.settings ?? {});
    return this.unitOfWork.run(async () => {
      await this.insert(row);
      await this.auditTrail.record({
        action: 'application.created',
        organizationId,
        target: { type: 'application', id: row.id, label: row.name },
        changes: changesBetween({}, auditedFields(row)),
      });
      return applicationView(row, []);
    });
  }

  private fresh(
    wanted: NewApplication,
    organization: OrganizationFacts,
    addressMode: ApplicationRow['addressMode'],
    allowedAddresses: string[],
  ): ApplicationRow {
    const now = this.clock.recordedAt();
    return {
      id: newId('app', now),
      organizationId: organization.id,
      name: wanted.name,
      status: 'active',
      siteKey: wanted.site_key ?? siteKeyFromName(wanted.name),
      baseUrl: wanted.base_url ?? null,
      allowedOrigins: wanted.allowed_origins ?? [],
      addressMode,
      allowedAddresses,
      codeLength: DEFAULT_CODE.length,
      codeTtlS: DEFAULT_CODE.ttlSeconds,
      codeMaxChecks: DEFAULT_CODE.maxChecks,
      templates: {},
      allowedCountries: null,
      dailySpendCap: null,
      fraudGuard: 'enforce',
      webDomain: null,
      androidHash: null,
      locale: organization.settings.locale,
      version: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
  }

  private async insert(row: ApplicationRow): Promise<void> {
    try {
      await this.applications.insert(row);
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('site_key_taken', { param: 'site_key' }, error);
      throw error;
    }
  }
}
