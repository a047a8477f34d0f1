import { Injectable } from '@nestjs/common';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import type { createTemplate, InputOf, TemplateView } from '@tollgate/contracts';
import type { TemplateRow } from '../persistence/entities';
import { Templates } from '../persistence/templates';
import { TemplateDirectory } from '../template-directory';
import { assertSound } from './template-lints';
import { contentsOf, templateView } from './template-view';

export type NewTemplate = InputOf<typeof createTemplate>['body'];

/** Creates a template of an organization, with its first version. */
@Injectable()
export class CreateTemplate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly templates: Templates,
    private readonly directory: TemplateDirectory,
    private readonly audit: AuditTrail,
  ) {}

  /** Errors: organization_required, template_invalid. */
  async execute(wanted: NewTemplate, caller: Principal): Promise<TemplateView> {
    const organizationId = caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    const contents = contentsOf(wanted.contents);
    const key = wanted.key ?? 'verification';
    assertSound(wanted.channel, key, contents);
    const at = this.clock.recordedAt();
    const row: TemplateRow = {
      id: newId('tpl', at),
      organizationId,
      key,
      name: wanted.name,
      channel: wanted.channel,
      status: 'active',
      version: 1,
      latestVersion: 1,
      createdAt: at,
      updatedAt: at,
    };
    await this.unitOfWork.run(async () => {
      await this.templates.insert(row);
      await this.templates.insertVersion({
        id: newId('tpv', at),
        templateId: row.id,
        organizationId,
        version: 1,
        contents,
        note: wanted.note ?? null,
        createdBy: caller.label.slice(0, 254),
        createdAt: at,
      });
      await this.directory.changed();
      await this.audit.record({
        action: 'template.created',
        organizationId,
        target: { type: 'template', id: row.id, label: row.name },
        changes: changesBetween({}, { name: row.name, key, channel: row.channel, contents }),
      });
    });
    return templateView(row, contents);
  }
}
