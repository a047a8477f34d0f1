import { Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import type { Page } from '@tollgate/contracts';
import type { UserFacts } from '../user-directory';
import { RoleGrantRepository } from './role-grant.repository';
import { USER_COLUMNS, factsOf, type UserRow } from './user.repository';

export interface TeamFilter {
  readonly status?: 'pending' | 'active' | 'disabled' | undefined;
  readonly role?: string | undefined;
  /** Only this organization, or all but it: for the two levels of roles. */
  readonly only?: { readonly organizationId: string; readonly inside: boolean } | undefined;
  /** The beginning of the address or the name. */
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const HAS_ROLE = 'SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.organization_id = u.organization_id';
const beginning = (text: string): string => `${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;

/** People with a role. */
@Injectable()
export class TeamRepository {
  constructor(
    private readonly database: Database,
    private readonly grants: RoleGrantRepository,
  ) {}

  async page(scope: OrganizationScope, filter: TeamFilter): Promise<Page<UserFacts>> {
    const { status, role, only, q } = filter;
    const found = await keysetPage<UserRow, UserRow>(this.database, {
      list: 'team',
      select: USER_COLUMNS,
      from: 'user u',
      id: 'u.id',
      sorts: { created_at: 'u.created_at', email: 'u.email' },
      sort: filter.sort ?? 'created_at',
      where: [
        scope.organizationId === null ? null : where('u.organization_id = ?', scope.organizationId),
        status === undefined ? where("u.status <> 'deleted'") : where('u.status = ?', status),
        role === undefined ? where(`EXISTS (${HAS_ROLE})`) : where(`EXISTS (${HAS_ROLE} AND g.role = ?)`, role),
        only && where(`u.organization_id ${only.inside ? '=' : '<>'} ?`, only.organizationId),
        q === undefined
          ? null
          : where(`u.email LIKE ? ESCAPE '!' OR LOWER(u.name) LIKE ? ESCAPE '!'`, beginning(q), beginning(q)),
      ],
      limit: filter.limit,
      cursor: filter.cursor,
      map: (row) => row,
    });
    const roles = await this.grants.rolesOf(found.data.map((row) => row.id));
    return { ...found, data: found.data.map((row) => factsOf(row, roles.get(row.id) ?? [])) };
  }
}
