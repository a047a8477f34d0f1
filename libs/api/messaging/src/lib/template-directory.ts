import { Injectable } from '@nestjs/common';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { isId } from '@tollgate/api/kernel';
import { builtInTemplate, type Contents } from './domain/built-in-templates';
import type { Channel } from './message-queue';
import { Templates } from './persistence/templates';

const TOPIC = 'messaging.templates';

export interface ResolvedTemplate {
  readonly key: string;
  /** Null for a built-in one. */
  readonly id: string | null;
  readonly version: number | null;
  readonly contents: Contents;
}

/** Which texts a message is made of, in memory. */
@Injectable()
export class TemplateDirectory {
  private readonly topic: CacheTopic<ResolvedTemplate | null>;

  constructor(
    private readonly cache: VersionedCache,
    private readonly templates: Templates,
  ) {
    this.topic = cache.topic<ResolvedTemplate | null>(TOPIC);
  }

  /**
   * The organization's template by id or key, else the built-in one by key. An id that is archived, foreign or of another
   * channel falls back on the built-in text of verifications: a code in plain words is better than none.
   */
  resolve(organizationId: string, template: string, channel: Channel): Promise<ResolvedTemplate | null> {
    return this.topic.get(`${organizationId}|${template}|${channel}`, () =>
      this.load(organizationId, template, channel),
    );
  }

  /** The texts that a message was made of. Versions never change. */
  async version(templateId: string, version: number): Promise<Contents | null> {
    return (await this.templates.version(templateId, version))?.contents ?? null;
  }

  /** Call it in the transaction of a change. */
  changed(): Promise<void> {
    return this.cache.bump(TOPIC);
  }

  private async load(organizationId: string, template: string, channel: Channel): Promise<ResolvedTemplate | null> {
    const byId = isId('tpl', template);
    const row = byId
      ? await this.templates.find({ organizationId }, template)
      : await this.templates.byKey(organizationId, template, channel);
    if (row !== null && row.status === 'active' && row.channel === channel) {
      const version = await this.templates.version(row.id, row.version);
      if (version !== null) return { key: row.key, id: row.id, version: row.version, contents: version.contents };
    }
    const key = byId ? (row?.key ?? 'verification') : template;
    const contents = builtInTemplate(key, channel) ?? (byId ? builtInTemplate('verification', channel) : null);
    return contents === null ? null : { key, id: null, version: null, contents };
  }
}
