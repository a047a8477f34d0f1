import { Injectable } from '@nestjs/common';
import { RoleGrantRepository } from './persistence/role-grant.repository';
import { StaffDirectory, type StaffMember } from './staff-directory';

@Injectable()
export class OwnStaffDirectory extends StaffDirectory {
  constructor(private readonly grants: RoleGrantRepository) {
    super();
  }

  withRoles(organizationId: string, roles: readonly string[]): Promise<StaffMember[]> {
    return this.grants.staff(organizationId, roles);
  }
}
