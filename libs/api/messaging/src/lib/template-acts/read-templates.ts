import { Injectable } from '@nestjs/common';
import { DomainError, isId, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { InputOf, listTemplateVersions, Page, TemplateView, templateVersionView } from '@tollgate/contracts';
import type * as z from 'zod';
import { builtInTemplates, type Contents } from '../domain/built-in-templates';
import type { Channel } from '../message-queue';
import type { TemplateRow } from '../persistence/entities';
import { Templates, type TemplateQuery } from '../persistence/templates';
import { builtInById, builtInView, templateView } from './template-view';

export interface FoundTemplate {
  readonly row: TemplateRow | null;
  readonly key: string;
  readonly channel: Channel;
  readonly contents: Contents;
}

@Injectable()
export class ReadTemplates {
  constructor(private readonly templates: Templates) {}

  /** The built-in ones stand before the organization's, on the first page, when the filters let them. */
  async page(query: TemplateQuery, caller: Principal): Promise<Page<TemplateView>> {
    const builtIn =
      query.built_in === 'false' || query.cursor !== undefined || query.status === 'archived'
        ? []
        : builtInViews(query);
    if (query.built_in === 'true') return { data: builtIn, next_cursor: null, total_estimate: builtIn.length };
    const found = await this.templates.page(scopeOf(caller), query);
    const own = await Promise.all(found.data.map((row) => this.view(row)));
    return { ...found, data: [...builtIn, ...own] };
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<TemplateView> {
    const found = await this.find(id, caller);
    return found.row === null
      ? builtInView(found.key, found.channel, found.contents)
      : templateView(found.row, found.contents);
  }

  /** Errors: not_found. `version` of an own template; the current one unless told. */
  async find(id: string, caller: Principal, version?: number): Promise<FoundTemplate> {
    if (!isId('tpl', id)) {
      const builtIn = builtInById(id);
      if (builtIn === null) throw new DomainError('not_found');
      return { row: null, ...builtIn };
    }
    const row = await this.templates.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    const found = await this.templates.version(id, version ?? row.version);
    if (found === null) throw new DomainError('not_found', { param: 'version' });
    return { row, key: row.key, channel: row.channel, contents: found.contents };
  }

  /** Errors: not_found. */
  async versions(
    id: string,
    query: InputOf<typeof listTemplateVersions>['query'],
    caller: Principal,
  ): Promise<Page<z.infer<typeof templateVersionView>>> {
    const row = await this.templates.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    const found = await this.templates.versions(id, query);
    return {
      ...found,
      data: found.data.map((version) => ({
        id: version.id,
        template_id: id,
        version: version.version,
        current: version.version === row.version,
        contents: { ...version.contents },
        note: version.note,
        created_by: version.createdBy,
        created_at: new Date(version.createdAt).toISOString(),
      })),
    };
  }

  async view(row: TemplateRow): Promise<TemplateView> {
    const version = await this.templates.version(row.id, row.version);
    return templateView(row, version?.contents ?? {});
  }
}

function builtInViews(query: TemplateQuery): TemplateView[] {
  return builtInTemplates()
    .filter(
      ({ key, channel }) =>
        (query.key === undefined || query.key === key) && (query.channel === undefined || query.channel === channel),
    )
    .map(({ key, channel, contents }) => builtInView(key, channel, contents));
}
