import { Injectable } from '@nestjs/common';
import type { InputOf, listOrganizations, Page } from '@tollgate/contracts';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { In } from 'typeorm';
import { OrganizationRow } from './organization.entity';

export type OrganizationQuery = InputOf<typeof listOrganizations>['query'];
/** What an edit may change. */
export type OrganizationChange = Partial<Omit<OrganizationRow, 'id' | 'builtIn' | 'version' | 'createdAt'>>;

const SORTS = { created_at: 'o.created_at', name: 'o.name', slug: 'o.slug' };

/** Ids and slugs are ascii columns: MySQL refuses to compare them with text that is not, and they cannot hold it. */
const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Text for LIKE in which nothing is a wildcard. The statement says ESCAPE '!'. */
const contains = (text: string): string => `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;

function searchCondition(q: string): Condition {
  const byName = `LOWER(o.name) LIKE ? ESCAPE '!'`;
  if (!isAscii(q)) return where(byName, contains(q));
  return where(`o.id = ? OR ${byName} OR o.slug LIKE ? ESCAPE '!'`, q, contains(q), contains(q));
}

@Injectable()
export class Organizations {
  constructor(private readonly database: Database) {}

  /** Throws a duplicate error when the slug is taken. */
  async insert(row: OrganizationRow): Promise<void> {
    await this.database.manager.insert(OrganizationRow, row);
  }

  /** Null when there is none, and when it is not in the scope. */
  async find(scope: OrganizationScope, id: string): Promise<OrganizationRow | null> {
    if (scope.organizationId !== null && scope.organizationId !== id) return null;
    return this.database.manager.findOneBy(OrganizationRow, { id });
  }

  async page(scope: OrganizationScope, query: OrganizationQuery): Promise<Page<OrganizationRow>> {
    const { q, status, country, built_in: builtIn } = query;
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: 'organizations',
      select: 'o.id',
      from: 'organization o',
      id: 'o.id',
      sorts: SORTS,
      sort: query.sort ?? '-created_at',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        scope.organizationId === null ? null : where('o.id = ?', scope.organizationId),
        status === undefined ? null : where('o.status = ?', status),
        country === undefined ? null : where('o.country = ?', country),
        builtIn === undefined ? null : where('o.built_in = ?', builtIn === 'true' ? 1 : 0),
        q === undefined ? null : searchCondition(q),
      ],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(OrganizationRow, { id: In(found.data) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  /**
   * One guarded UPDATE: false when somebody else changed the row since that version was read. Throws a duplicate
   * error when a new slug is taken.
   */
  async update(id: string, version: number, change: OrganizationChange): Promise<boolean> {
    const result = await this.database.manager.update(
      OrganizationRow,
      { id, version },
      { ...change, version: version + 1 },
    );
    return result.affected === 1;
  }
}
