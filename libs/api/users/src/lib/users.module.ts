import { Module } from '@nestjs/common';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { ChangeTeamMember } from './change-team-member';
import { TeamController } from './http/team.controller';
import { ListRoles } from './list-roles';
import { ListTeam } from './list-team';
import { OwnRoleBook } from './own-role-book';
import { OwnStaffDirectory } from './own-staff-directory';
import { OwnUserDirectory } from './own-user-directory';
import { USERS_MIGRATIONS } from './persistence/migrations';
import { RoleGrantRepository } from './persistence/role-grant.repository';
import { TeamRepository } from './persistence/team.repository';
import { RoleGrantEntity, UserEntity } from './persistence/user.entity';
import { UserRepository } from './persistence/user.repository';
import { ReadTeamMember } from './read-team-member';
import { RemoveTeamMember } from './remove-team-member';
import { StaffDirectory } from './staff-directory';
import { TeamGuard } from './team-guard';
import { TeamMemberWriter } from './team-member-writer';
import { RoleBook, UserDirectory } from './user-directory';

/** Who belongs to which organization, and what they may do there. */
@Module({
  imports: [AuditModule, OrganizationsModule],
  controllers: [TeamController],
  providers: [
    ChangeTeamMember,
    ListRoles,
    ListTeam,
    OwnRoleBook,
    OwnStaffDirectory,
    OwnUserDirectory,
    ReadTeamMember,
    RemoveTeamMember,
    RoleGrantRepository,
    TeamGuard,
    TeamMemberWriter,
    TeamRepository,
    UserRepository,
    { provide: StaffDirectory, useExisting: OwnStaffDirectory },
    { provide: UserDirectory, useExisting: OwnUserDirectory },
    { provide: RoleBook, useExisting: OwnRoleBook },
  ],
  exports: [StaffDirectory, UserDirectory, RoleBook],
})
export class UsersModule {
  static readonly schema: SchemaPart = { entities: [UserEntity, RoleGrantEntity], migrations: USERS_MIGRATIONS };
}
