import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import type { Principal } from '@tollgate/api/kernel';
import { TeamGuard } from './team-guard';
import { TeamMemberWriter } from './team-member-writer';

@Injectable()
export class RemoveTeamMember {
  constructor(
    private readonly guard: TeamGuard,
    private readonly writer: TeamMemberWriter,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Their roles go, their sessions end, the address is free for another invitation. */
  async execute(userId: string, caller: Principal): Promise<void> {
    await this.unitOfWork.run(async () => {
      const member = await this.guard.begin(userId, caller);
      await this.writer.remove(member);
      await this.guard.end(member);
      await this.audit.record({
        action: 'user.removed',
        organizationId: member.organizationId,
        target: { type: 'user', id: member.id, label: member.email },
        changes: [
          { field: 'status', before: member.status, after: 'deleted' },
          { field: 'roles', before: [...member.roles], after: [] },
        ],
      });
    });
  }
}
