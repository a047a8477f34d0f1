import { Injectable } from '@nestjs/common';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { createTemplateVersion, InputOf, TemplateView, updateTemplate } from '@tollgate/contracts';
import type { Contents } from '../domain/built-in-templates';
import type { TemplateRow } from '../persistence/entities';
import { Templates } from '../persistence/templates';
import { TemplateDirectory } from '../template-directory';
import { assertSound } from './template-lints';
import { contentsOf, templateView } from './template-view';

/** Changes a template: its name and status in place, its texts by a new version. What was sent stays readable. */
@Injectable()
export class ChangeTemplate {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly templates: Templates,
    private readonly directory: TemplateDirectory,
    private readonly audit: AuditTrail,
  ) {}

  /** Errors: not_found, version_conflict. */
  async edit(id: string, edit: InputOf<typeof updateTemplate>['body'], caller: Principal): Promise<TemplateView> {
    return this.unitOfWork.run(async () => {
      const before = await this.find(id, caller);
      const after: TemplateRow = {
        ...before,
        name: edit.name ?? before.name,
        status: edit.status ?? before.status,
        version: edit.version ?? before.version,
        updatedAt: this.clock.recordedAt(),
      };
      const version = await this.templates.version(id, after.version);
      if (version === null) throw new DomainError('not_found', { param: 'version' });
      const { name, status, updatedAt } = after;
      if (
        !(await this.templates.update(id, before.latestVersion, { name, status, version: after.version, updatedAt }))
      ) {
        throw new DomainError('version_conflict');
      }
      await this.leaveTrail('template.updated', after, changesBetween(audited(before), audited(after)));
      return templateView(after, version.contents);
    });
  }

  /** Errors: not_found, template_invalid, version_conflict. */
  async addVersion(
    id: string,
    wanted: InputOf<typeof createTemplateVersion>['body'],
    caller: Principal,
  ): Promise<TemplateView> {
    return this.unitOfWork.run(async () => {
      const before = await this.find(id, caller);
      if (wanted.based_on !== undefined && wanted.based_on !== before.version)
        throw new DomainError('version_conflict', { param: 'based_on' });
      const contents = contentsOf(wanted.contents);
      assertSound(before.channel, before.key, contents);
      const at = this.clock.recordedAt();
      const version = before.latestVersion + 1;
      const previous = await this.templates.version(id, before.version);
      await this.insertVersion(before, version, contents, wanted.note ?? null, caller.label.slice(0, 254), at);
      const after: TemplateRow = { ...before, version, latestVersion: version, updatedAt: at };
      if (
        !(await this.templates.update(id, before.latestVersion, { version, latestVersion: version, updatedAt: at }))
      ) {
        throw new DomainError('version_conflict');
      }
      await this.leaveTrail(
        'template.version_added',
        after,
        changesBetween({ contents: previous?.contents ?? null, version: before.version }, { contents, version }),
      );
      return templateView(after, contents);
    });
  }

  private async find(id: string, caller: Principal): Promise<TemplateRow> {
    const row = await this.templates.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    return row;
  }

  /** The unique number decides between two editors at once. */
  private async insertVersion(
    row: TemplateRow,
    version: number,
    contents: Contents,
    note: string | null,
    createdBy: string,
    createdAt: number,
  ): Promise<void> {
    const { id: templateId, organizationId } = row;
    try {
      await this.templates.insertVersion({
        id: newId('tpv', createdAt),
        templateId,
        organizationId,
        version,
        contents,
        note,
        createdBy,
        createdAt,
      });
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('version_conflict', {}, error);
      throw error;
    }
  }

  private async leaveTrail(
    action: string,
    row: TemplateRow,
    changes: ReturnType<typeof changesBetween>,
  ): Promise<void> {
    await this.directory.changed();
    await this.audit.record({
      action,
      organizationId: row.organizationId,
      target: { type: 'template', id: row.id, label: row.name },
      changes,
    });
  }
}

const audited = ({ name, status, version }: TemplateRow): Record<string, unknown> => ({ name, status, version });
