import { Injectable } from '@nestjs/common';
import type {
  ApplicationSettingsView,
  InputOf,
  updateApplication,
  updateApplicationSettings,
} from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type OrganizationScope, type Principal } from '@tollgate/api/kernel';
import { auditedFields, changedColumns, settingsView } from './application-view';
import { CachedApplicationDirectory } from './cached-application-directory';
import { normalizeRanges } from './domain/address-rule';
import { checkSettings } from './domain/settings-check';
import type { ApplicationRow } from './persistence/application.entity';
import { Applications } from './persistence/applications';

type ApplicationEdit = InputOf<typeof updateApplication>['body'];
type SettingsEdit = InputOf<typeof updateApplicationSettings>['body'];

/** Edits an application or its settings. Two editors never overwrite each other unseen: the second one conflicts. */
@Injectable()
export class EditApplication {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly directory: CachedApplicationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Errors: not_found, version_conflict, invalid_address_range, site_key_taken. */
  async execute(id: string, edit: ApplicationEdit, caller: Principal): Promise<ApplicationRow> {
    const ranges =
      edit.allowed_addresses === undefined
        ? undefined
        : normalizeRanges(edit.allowed_addresses, edit.confirm_any_range === true);
    return this.change(id, edit.version, caller, (row) => ({
      ...row,
      name: edit.name ?? row.name,
      status: edit.status ?? row.status,
      siteKey: edit.site_key ?? row.siteKey,
      baseUrl: edit.base_url === undefined ? row.baseUrl : edit.base_url,
      allowedOrigins: edit.allowed_origins ?? row.allowedOrigins,
      addressMode: edit.address_mode ?? row.addressMode,
      allowedAddresses: ranges ?? row.allowedAddresses,
    }));
  }

  /** Errors: not_found, version_conflict, validation_failed. */
  async settings(id: string, edit: SettingsEdit, caller: Principal): Promise<ApplicationSettingsView> {
    const { version, ...change } = edit;
    checkSettings(change, '');
    return settingsView(await this.change(id, version, caller, (row) => changedColumns(row, change)));
  }

  private change(
    id: string,
    version: number,
    caller: Principal,
    apply: (row: ApplicationRow) => ApplicationRow,
  ): Promise<ApplicationRow> {
    const scope = scopeOf(caller);
    return this.unitOfWork.run(async () => {
      const before = await this.applications.find(scope, id);
      if (before === null) throw new DomainError('not_found');
      if (before.version !== version) throw new DomainError('version_conflict', { param: 'version' });
      const after = { ...apply(before), updatedAt: this.clock.recordedAt() };
      const changes = changesBetween(auditedFields(before), auditedFields(after));
      if (changes.length === 0) return before;
      await this.store(scope, after, version);
      await this.directory.changed();
      await this.auditTrail.record({
        action: 'application.updated',
        organizationId: after.organizationId,
        target: { type: 'application', id, label: after.name },
        changes,
      });
      return { ...after, version: version + 1 };
    });
  }

  private async store(scope: OrganizationScope, row: ApplicationRow, version: number): Promise<void> {
    const { id, organizationId: _organization, createdAt: _created, version: _version, ...change } = row;
    try {
      if (!(await this.applications.update(scope, id, version, change))) throw new DomainError('version_conflict');
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('site_key_taken', { param: 'site_key' }, error);
      throw error;
    }
  }
}
