import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import type { InvitationView } from '@tollgate/contracts';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { RoleBook, UserDirectory } from '@tollgate/api/users';
import { INVITATION_MS } from '../domain/session-lifetime';
import type { InvitationEntity } from '../persistence/entities';
import { InvitationRepository } from '../persistence/invitation.repository';
import { InvitationLinks } from './invitation-links';
import { InvitationMail } from './invitation-mail';
import { invitationView } from './invitation-view';

export interface InvitationWish {
  readonly email: string;
  readonly roles: readonly string[];
  readonly name?: string | undefined;
}

/** Whether somebody may be invited, and by this caller. */
@Injectable()
export class InvitationRules {
  constructor(
    private readonly users: UserDirectory,
    private readonly roleBook: RoleBook,
    private readonly organizations: OrganizationDirectory,
  ) {}

  /** The canonical address and the organization. */
  async check(wish: InvitationWish, caller: Principal): Promise<{ email: string; organizationId: string }> {
    const organizationId = caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    const email = this.users.canonicalEmail(wish.email);
    if (email === null) {
      const issue = { path: 'email', message: 'must be an e-mail address such as ann@example.com' };
      throw new DomainError('validation_failed', { param: 'email', issues: [issue] });
    }
    await this.mayAssign(caller, organizationId, wish.roles);
    if ((await this.organizations.get(organizationId)).status !== 'active') {
      throw new DomainError('organization_suspended');
    }
    if ((await this.users.findByEmail(organizationId, email)) !== null) {
      throw new DomainError('member_exists', { param: 'email' });
    }
    return { email, organizationId };
  }

  mayAssign(caller: Principal, organizationId: string, roles: readonly string[]): Promise<void> {
    return this.roleBook.refuseUnassignable(caller.permissions, organizationId, roles);
  }
}

@Injectable()
export class InvitationWriter {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly links: InvitationLinks,
    private readonly mail: InvitationMail,
    private readonly audit: AuditTrail,
  ) {}

  /** Row, mail and audit event, in the caller's transaction. */
  async write(
    wish: InvitationWish & { readonly organizationId: string },
    caller: Principal,
    now: number,
  ): Promise<InvitationEntity> {
    const id = newId('inv', now);
    const { organizationId, email, roles } = wish;
    const invitation: InvitationEntity = {
      id,
      organizationId,
      email,
      name: wish.name ?? null,
      roles: [...roles].sort().join(','),
      status: 'pending',
      pendingKey: pendingKey(organizationId, email),
      ...this.links.stamp(id, 1),
      invitedBy: caller.label.slice(0, 320),
      createdAt: now,
      sentAt: now,
      expiresAt: now + INVITATION_MS,
      closedAt: null,
    };
    await this.invitations.lapse(now);
    await this.invitations.insert(invitation);
    await this.mail.queue(invitation);
    await this.audit.record({
      action: 'invitation.created',
      organizationId,
      target: { type: 'invitation', id, label: email },
      changes: [{ field: 'roles', before: null, after: invitation.roles.split(',') }],
    });
    return invitation;
  }
}

@Injectable()
export class CreateInvitation {
  constructor(
    private readonly rules: InvitationRules,
    private readonly writer: InvitationWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError member_exists, role_not_assignable, organization_required, organization_suspended */
  async execute(wish: InvitationWish, caller: Principal): Promise<InvitationView> {
    return this.unitOfWork.run(async () => {
      const { email, organizationId } = await this.rules.check(wish, caller);
      const now = this.clock.recordedAt();
      return invitationView(await this.writer.write({ ...wish, email, organizationId }, caller, now), now);
    });
  }
}

/** One open invitation an address and organization. */
export function pendingKey(organizationId: string, email: string): string {
  return `${organizationId}:${email}`;
}
