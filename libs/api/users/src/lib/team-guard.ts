import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { KEEPERS } from './domain/roles';
import { OwnRoleBook } from './own-role-book';
import { RoleGrantRepository } from './persistence/role-grant.repository';
import { ReadTeamMember } from './read-team-member';
import type { UserFacts } from './user-directory';

/** What every change of a team begins and ends with. */
@Injectable()
export class TeamGuard {
  constructor(
    private readonly readMember: ReadTeamMember,
    private readonly grants: RoleGrantRepository,
    private readonly roleBook: OwnRoleBook,
  ) {}

  /**
   * The member as they are once it is this change's turn: nobody else changes the team until the transaction ends.
   * Refused for oneself, and for somebody who holds a role above the caller's.
   */
  async begin(userId: string, caller: Principal): Promise<UserFacts> {
    const { organizationId } = await this.readMember.execute(userId, caller);
    if (caller.userId === userId) throw new DomainError('own_membership');
    await this.grants.takeTurn(organizationId);
    const member = await this.readMember.execute(userId, caller);
    await this.roleBook.refuseUnassignable(caller.permissions, organizationId, member.roles);
    return member;
  }

  /**
   * Called after the writes: throws, and so undoes them, when the organization is left without an active owner (the
   * platform without an active super admin) because of them.
   */
  async end(before: UserFacts): Promise<void> {
    const keeper = KEEPERS[await this.roleBook.levelOf(before.organizationId)];
    if (!before.roles.includes(keeper.role) || before.status !== 'active') return;
    if ((await this.grants.countActive(before.organizationId, keeper.role)) === 0)
      throw new DomainError(keeper.refusal);
  }
}
