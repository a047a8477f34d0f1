import { Injectable } from '@nestjs/common';
import type { RoleView } from '@tollgate/contracts';
import type { Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { ROLES, mayAssign, type RoleLevel } from './domain/roles';

@Injectable()
export class ListRoles {
  constructor(private readonly organizations: OrganizationDirectory) {}

  /** Roles of the platform are shown to its staff only. */
  async execute(level: RoleLevel | undefined, caller: Principal): Promise<RoleView[]> {
    const acting = caller.actingOrganizationId;
    const actingLevel: RoleLevel | null =
      acting === null ? null : acting === (await this.organizations.platformId()) ? 'platform' : 'organization';
    return ROLES.filter((role) => caller.platformStaff || role.level === 'organization')
      .filter((role) => level === undefined || role.level === level)
      .map((role) => ({
        key: role.key,
        name: role.name,
        description: role.description,
        level: role.level,
        built_in: true,
        permissions: [...role.permissions],
        assignable: mayAssign(caller.permissions, role.key, actingLevel ?? role.level),
      }));
  }
}
