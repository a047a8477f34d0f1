import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { CachedApplicationDirectory } from './cached-application-directory';
import { retiredSiteKey } from './domain/application-defaults';
import { ApiKeys } from './persistence/api-keys';
import { Applications } from './persistence/applications';

/** Deletes an application that no key can use any more. Its row stays, since messages and charges name it. */
@Injectable()
export class DeleteApplication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly apiKeys: ApiKeys,
    private readonly directory: CachedApplicationDirectory,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * Race: a key is created while its application is deleted. Both lock the application first, so either the key is
   * counted here, or its creation finds no application. Errors: not_found, application_not_empty.
   */
  async execute(id: string, caller: Principal): Promise<void> {
    const scope = scopeOf(caller);
    const now = this.clock.recordedAt();
    await this.unitOfWork.run(async () => {
      if (!(await this.applications.lock(scope, id))) throw new DomainError('not_found');
      const active = await this.apiKeys.countActive(id, now);
      if (active > 0) throw new DomainError('application_not_empty', { extra: { active_keys: active } });
      const row = await this.applications.find(scope, id);
      if (row === null) throw new DomainError('not_found');
      const change = { deletedAt: now, updatedAt: now, siteKey: retiredSiteKey(id) };
      if (!(await this.applications.update(scope, id, row.version, change))) throw new DomainError('version_conflict');
      await this.directory.changed();
      await this.auditTrail.record({
        action: 'application.deleted',
        organizationId: row.organizationId,
        target: { type: 'application', id, label: row.name },
        changes: [{ field: 'site_key', before: row.siteKey, after: null }],
      });
    });
  }
}
