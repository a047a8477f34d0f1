import { Service, inject } from '@angular/core';
import { removeTeamMember, updateTeamMember } from '@tollgate/contracts';
import type { TeamMemberView } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Confirm, Toasts, toProblem } from '@tollgate/console/ui';

const REFUSALS: Readonly<Record<string, string>> = {
  last_owner:
    'This is the only active owner: without one nobody could change the organization. Make somebody else an owner first.',
  last_super_admin:
    'This is the only active super admin: without one nobody could run the installation. Make somebody else one first.',
  role_not_assignable: 'They hold a role with permissions that you lack, so only somebody who has those can do this.',
  own_membership: 'Nobody changes their own roles or status. Ask another owner or admin.',
};

/** Why a change of a member was refused, in words that say what to do. */
export function refusalOf(failure: unknown): string {
  const problem = toProblem(failure);
  return REFUSALS[problem.code] ?? problem.title;
}

/** What is done to a member as a whole. Their sessions end with it. */
@Service()
export class MemberActs {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  async disable(member: TeamMemberView, organization: string | undefined): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Disable ${member.name}?`,
      text: 'Their sessions end at once and they cannot sign in until you enable them again. Roles stay.',
      verb: 'Disable member',
    });
    if (confirmed) await this.turn(member, 'disabled', organization);
  }

  enable(member: TeamMemberView, organization: string | undefined): Promise<void> {
    return this.turn(member, 'active', organization);
  }

  async remove(member: TeamMemberView, organization: string | undefined): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 3,
      title: `Remove ${member.name}?`,
      text: 'Their sessions end at once. Their name stays in the audit log; to come back they need an invitation.',
      verb: 'Remove member',
      name: member.email,
    });
    if (!confirmed) return;
    try {
      await this.api.call(removeTeamMember, { params: { id: member.id }, organization });
      this.toasts.done(`${member.name} is removed`);
    } catch (failure) {
      this.toasts.failed(refusalOf(failure));
    }
  }

  private async turn(
    member: TeamMemberView,
    status: 'active' | 'disabled',
    organization: string | undefined,
  ): Promise<void> {
    try {
      await this.api.call(updateTeamMember, {
        params: { id: member.id },
        body: { status, version: member.version },
        organization,
      });
      this.toasts.done(`${member.name} is ${status === 'active' ? 'enabled' : 'disabled'}`);
    } catch (failure) {
      this.toasts.failed(refusalOf(failure));
    }
  }
}
