import { Injectable } from '@nestjs/common';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { OwnRoleBook } from './own-role-book';
import { TeamGuard } from './team-guard';
import { TeamMemberWriter, type TeamMemberChange } from './team-member-writer';
import type { UserFacts } from './user-directory';

@Injectable()
export class ChangeTeamMember {
  constructor(
    private readonly guard: TeamGuard,
    private readonly writer: TeamMemberWriter,
    private readonly roleBook: OwnRoleBook,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(userId: string, asked: TeamMemberChange, caller: Principal): Promise<UserFacts> {
    return this.unitOfWork.run(async () => {
      const member = await this.guard.begin(userId, caller);
      if (asked.version !== undefined && asked.version !== member.version) throw new DomainError('version_conflict');
      const change = effective(member, asked);
      if (change.roles === undefined && change.status === undefined) return member;
      if (change.roles !== undefined) {
        await this.roleBook.refuseUnassignable(caller.permissions, member.organizationId, change.roles);
      }
      const after = await this.writer.write(member, change, caller.label);
      await this.guard.end(member);
      await this.audit.record({
        action: actionOf(change),
        organizationId: member.organizationId,
        target: { type: 'user', id: member.id, label: member.email },
        changes: changesBetween(
          { roles: [...member.roles], status: member.status },
          { roles: [...after.roles], status: after.status },
        ),
      });
      return after;
    });
  }
}

/** What really changes: asking for what is so already ends nobody's sessions. */
function effective(member: UserFacts, asked: TeamMemberChange): TeamMemberChange {
  const roles = asked.roles === undefined ? undefined : [...asked.roles].sort();
  const sameRoles = roles === undefined || roles.join() === [...member.roles].sort().join();
  return {
    ...(sameRoles ? {} : { roles }),
    ...(asked.status === undefined || asked.status === member.status ? {} : { status: asked.status }),
  };
}

function actionOf(change: TeamMemberChange): string {
  if (change.roles !== undefined) return 'user.roles_changed';
  return change.status === 'disabled' ? 'user.disabled' : 'user.enabled';
}
