import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import { RoleGrantRepository } from './persistence/role-grant.repository';
import { UserRepository } from './persistence/user.repository';
import type { UserFacts } from './user-directory';

export interface TeamMemberChange {
  readonly roles?: readonly string[] | undefined;
  readonly status?: 'active' | 'disabled' | undefined;
  readonly version?: number | undefined;
}

/** The writes of a change, without its rules. */
@Injectable()
export class TeamMemberWriter {
  constructor(
    private readonly users: UserRepository,
    private readonly grants: RoleGrantRepository,
    private readonly clock: Clock,
  ) {}

  /** Both kinds of change end the member's sessions. */
  async write(member: UserFacts, change: TeamMemberChange, by: string): Promise<UserFacts> {
    const now = this.clock.recordedAt();
    if (change.roles !== undefined) {
      const wanted = change.roles;
      const { organizationId, id: userId } = member;
      await this.grants.remove(
        organizationId,
        userId,
        member.roles.filter((role) => !wanted.includes(role)),
      );
      for (const role of wanted.filter((key) => !member.roles.includes(key))) {
        await this.grants.add({ organizationId, userId, role }, by, now);
      }
      await this.users.nextEpoch(userId, now);
    }
    if (change.status !== undefined) await this.users.setStatus(member.id, change.status, now);
    return (await this.users.find(member.id)) ?? member;
  }

  async remove(member: UserFacts): Promise<void> {
    await this.grants.removeAll(member.id);
    await this.users.setStatus(member.id, 'deleted', this.clock.recordedAt());
  }
}
