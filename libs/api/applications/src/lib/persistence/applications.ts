import { Injectable } from '@nestjs/common';
import type { InputOf, listApplications, Page } from '@tollgate/contracts';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { In, IsNull } from 'typeorm';
import { ApplicationRow } from './application.entity';
import { contains, isAscii } from './searched-text';

export type ApplicationQuery = InputOf<typeof listApplications>['query'];
/** What an edit may change. */
export type ApplicationChange = Partial<Omit<ApplicationRow, 'id' | 'organizationId' | 'version' | 'createdAt'>>;

const SORTS = { created_at: 'a.created_at', name: 'a.name' };

function searchCondition(q: string): Condition {
  const byName = `LOWER(a.name) LIKE ? ESCAPE '!'`;
  if (!isAscii(q)) return where(byName, contains(q));
  return where(`a.id = ? OR ${byName} OR a.site_key LIKE ? ESCAPE '!'`, q, contains(q), contains(q));
}

/** Applications that are not deleted. Every method demands the scope of its caller. */
@Injectable()
export class Applications {
  constructor(private readonly database: Database) {}

  /** Throws a duplicate error when the site key is taken. */
  async insert(row: ApplicationRow): Promise<void> {
    await this.database.manager.insert(ApplicationRow, row);
  }

  /** Null when there is none, when it is deleted, and when it is not in the scope. */
  find(scope: OrganizationScope, id: string): Promise<ApplicationRow | null> {
    const own = scope.organizationId === null ? {} : { organizationId: scope.organizationId };
    return this.database.manager.findOneBy(ApplicationRow, { id, deletedAt: IsNull(), ...own });
  }

  async page(scope: OrganizationScope, query: ApplicationQuery): Promise<Page<ApplicationRow>> {
    const { q, status, address_mode: mode } = query;
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: 'applications',
      select: 'a.id',
      from: 'application a',
      id: 'a.id',
      sorts: SORTS,
      sort: query.sort ?? '-created_at',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        where('a.deleted_at IS NULL'),
        scope.organizationId === null ? null : where('a.organization_id = ?', scope.organizationId),
        status === undefined ? null : where('a.status = ?', status),
        mode === undefined ? null : where('a.address_mode = ?', mode),
        q === undefined ? null : searchCondition(q),
      ],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(ApplicationRow, { id: In(found.data) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  /**
   * One guarded UPDATE: false when somebody else changed the row since that version was read, or deleted it. Throws a
   * duplicate error when a new site key is taken.
   */
  async update(scope: OrganizationScope, id: string, version: number, change: ApplicationChange): Promise<boolean> {
    const own = scope.organizationId === null ? {} : { organizationId: scope.organizationId };
    const result = await this.database.manager.update(
      ApplicationRow,
      { id, version, deletedAt: IsNull(), ...own },
      { ...change, version: version + 1 },
    );
    return result.affected === 1;
  }

  /**
   * Makes the open transaction the only one that counts or changes what belongs to this application: its keys, its
   * test numbers, its deletion. Limits of their number hold although several are added at once. False when there is
   * no such application, or not any more.
   */
  async lock(scope: OrganizationScope, id: string): Promise<boolean> {
    const own = scope.organizationId;
    const { affected } = await this.database.execute(
      `UPDATE application SET id = id WHERE id = ? AND deleted_at IS NULL${own === null ? '' : ' AND organization_id = ?'}`,
      own === null ? [id] : [id, own],
    );
    return affected === 1;
  }
}
