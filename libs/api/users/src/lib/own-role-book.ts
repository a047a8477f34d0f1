import { Injectable } from '@nestjs/common';
import type { Permission } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { mayAssign, permissionsOf, roleOf, type RoleLevel } from './domain/roles';
import { RoleBook } from './user-directory';

@Injectable()
export class OwnRoleBook extends RoleBook {
  constructor(private readonly organizations: OrganizationDirectory) {
    super();
  }

  nameOf(role: string): string {
    return roleOf(role)?.name ?? role;
  }

  permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
    return permissionsOf(roles);
  }

  async refuseUnassignable(
    holder: ReadonlySet<Permission>,
    organizationId: string,
    roles: readonly string[],
  ): Promise<void> {
    const level = await this.levelOf(organizationId);
    for (const key of roles) {
      if (mayAssign(holder, key, level)) continue;
      const role = roleOf(key);
      const detail =
        role === null
          ? `There is no role ${key}`
          : role.level === level
            ? `Only somebody who may do everything that ${role.name} may do can give or take that role`
            : `${role.name} is a role of the ${role.level} level`;
      throw new DomainError('role_not_assignable', { detail, param: 'roles' });
    }
  }

  async levelOf(organizationId: string): Promise<RoleLevel> {
    return organizationId === (await this.organizations.platformId()) ? 'platform' : 'organization';
  }
}
