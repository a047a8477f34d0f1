import { Injectable } from '@nestjs/common';
import type { InputOf, listTemplates, listTemplateVersions, Page } from '@tollgate/contracts';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { In } from 'typeorm';
import type { Channel } from '../message-queue';
import { TemplateRow, TemplateVersionRow } from './entities';

export type TemplateQuery = InputOf<typeof listTemplates>['query'];
export type VersionQuery = InputOf<typeof listTemplateVersions>['query'];

/** Templates of organizations, and their versions, which are never changed. */
@Injectable()
export class Templates {
  constructor(private readonly database: Database) {}

  async find(scope: OrganizationScope, id: string): Promise<TemplateRow | null> {
    const row = await this.database.manager.findOneBy(TemplateRow, { id });
    return row !== null && (scope.organizationId === null || row.organizationId === scope.organizationId) ? row : null;
  }

  /** The newest active one of the organization by its key. */
  async byKey(organizationId: string, key: string, channel: Channel): Promise<TemplateRow | null> {
    return this.database.manager.findOne(TemplateRow, {
      where: { organizationId, key, channel, status: 'active' },
      order: { updatedAt: 'DESC', id: 'DESC' },
    });
  }

  async version(templateId: string, version: number): Promise<TemplateVersionRow | null> {
    return this.database.manager.findOneBy(TemplateVersionRow, { templateId, version });
  }

  async page(scope: OrganizationScope, query: TemplateQuery): Promise<Page<TemplateRow>> {
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: 'templates',
      select: 't.id',
      from: 'message_template t',
      id: 't.id',
      sorts: { name: 't.name', updated_at: 't.updated_at' },
      sort: query.sort ?? 'name',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        scope.organizationId === null ? null : where('t.organization_id = ?', scope.organizationId),
        query.channel === undefined ? null : where('t.channel = ?', query.channel),
        query.key === undefined ? null : where('t.template_key = ?', query.key),
        query.status === undefined ? null : where('t.status = ?', query.status),
      ],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(TemplateRow, { id: In(found.data) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  async versions(templateId: string, query: VersionQuery): Promise<Page<TemplateVersionRow>> {
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: 'template_versions',
      select: 'v.id',
      from: 'message_template_version v',
      id: 'v.id',
      sorts: { version: 'v.version' },
      sort: query.sort ?? '-version',
      limit: query.limit,
      cursor: query.cursor,
      where: [where('v.template_id = ?', templateId)],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(TemplateVersionRow, { id: In(found.data) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  async insert(row: TemplateRow): Promise<void> {
    await this.database.manager.insert(TemplateRow, row);
  }

  /** Throws a duplicate error when the number is taken: somebody else added a version meanwhile. */
  async insertVersion(row: TemplateVersionRow): Promise<void> {
    await this.database.manager.insert(TemplateVersionRow, row);
  }

  async update(id: string, latestVersion: number, change: Partial<TemplateRow>): Promise<boolean> {
    const result = await this.database.manager.update(TemplateRow, { id, latestVersion }, change);
    return result.affected === 1;
  }
}
