import { Injectable } from '@nestjs/common';
import type { InputOf, listProviders, Page } from '@tollgate/contracts';
import { Database, keysetPage, where } from '@tollgate/api/database';
import { In, IsNull } from 'typeorm';
import { ProviderCredentialRow, ProviderRow } from './entities';

export type ProviderQuery = InputOf<typeof listProviders>['query'];
export interface StoredProvider {
  readonly row: ProviderRow;
  readonly credentials: readonly ProviderCredentialRow[];
}

/** Delivery providers of the installation. They belong to no organization. */
@Injectable()
export class Providers {
  constructor(private readonly database: Database) {}

  async all(): Promise<StoredProvider[]> {
    const rows = await this.database.manager.find(ProviderRow, {
      where: { deletedAt: IsNull() },
      order: { priority: 'ASC', id: 'ASC' },
    });
    return this.withCredentials(rows);
  }

  async find(id: string): Promise<StoredProvider | null> {
    const row = await this.database.manager.findOneBy(ProviderRow, { id, deletedAt: IsNull() });
    return row === null ? null : ((await this.withCredentials([row]))[0] ?? null);
  }

  async page(query: ProviderQuery): Promise<Page<StoredProvider>> {
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: 'providers',
      select: 'p.id',
      from: 'delivery_provider p',
      id: 'p.id',
      sorts: { priority: 'p.priority', name: 'p.name', created_at: 'p.created_at' },
      sort: query.sort ?? 'priority',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        where('p.deleted_at IS NULL'),
        query.kind === undefined ? null : where('p.kind = ?', query.kind),
        query.enabled === undefined ? null : where('p.enabled = ?', query.enabled === 'true' ? 1 : 0),
        query.channel === undefined ? null : where(`p.channels IN (?, 'sms,email')`, query.channel),
      ],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(ProviderRow, { id: In(found.data) });
    const byId = new Map((await this.withCredentials(rows)).map((stored) => [stored.row.id, stored]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  async insert(row: ProviderRow): Promise<void> {
    await this.database.manager.insert(ProviderRow, row);
  }

  /** One guarded UPDATE: false when somebody else changed it since. */
  async update(id: string, version: number, change: Partial<ProviderRow>): Promise<boolean> {
    const result = await this.database.manager.update(ProviderRow, { id, version, deletedAt: IsNull() }, {
      ...change,
      version: version + 1,
    } as Parameters<typeof this.database.manager.update<ProviderRow>>[2]);
    return result.affected === 1;
  }

  async setCredential(row: ProviderCredentialRow): Promise<void> {
    await this.removeCredential(row.providerId, row.name);
    await this.database.manager.insert(ProviderCredentialRow, row);
  }

  async removeCredential(providerId: string, name: string): Promise<void> {
    await this.database.manager.delete(ProviderCredentialRow, { providerId, name });
  }

  private async withCredentials(rows: readonly ProviderRow[]): Promise<StoredProvider[]> {
    if (rows.length === 0) return [];
    const credentials = await this.database.manager.find(ProviderCredentialRow, {
      where: { providerId: In(rows.map(({ id }) => id)) },
      order: { name: 'ASC' },
    });
    return rows.map((row) => ({ row, credentials: credentials.filter(({ providerId }) => providerId === row.id) }));
  }
}
