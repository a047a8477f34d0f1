import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import type { InvitationView } from '@tollgate/contracts';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { INVITATION_MS } from '../domain/session-lifetime';
import { InvitationRepository } from '../persistence/invitation.repository';
import { InvitationRules, pendingKey } from './create-invitation';
import { InvitationLinks } from './invitation-links';
import { InvitationMail } from './invitation-mail';
import { invitationView } from './invitation-view';

const COOL_DOWN_MS = 60_000;

/** The writes of sending again. */
@Injectable()
export class InvitationRenewal {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly links: InvitationLinks,
    private readonly mail: InvitationMail,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, caller: Principal): Promise<InvitationView> {
    const now = this.clock.recordedAt();
    await this.invitations.lapse(now);
    const before = await this.invitations.findIn(scopeOf(caller), id);
    if (before === null) throw new DomainError('not_found');
    if (before.status === 'accepted' || before.status === 'withdrawn') throw new DomainError('invitation_invalid');
    const wait = before.sentAt + COOL_DOWN_MS - now;
    if (wait > 0) throw new DomainError('resend_cooldown', { retryAfter: Math.ceil(wait / 1_000) });
    const after = {
      ...before,
      ...this.links.stamp(id, before.generation + 1),
      status: 'pending' as const,
      pendingKey: pendingKey(before.organizationId, before.email),
      sentAt: now,
      expiresAt: now + INVITATION_MS,
    };
    if (!(await this.invitations.renew(before, after))) throw new DomainError('invitation_invalid');
    await this.mail.queue(after);
    await this.audit.record({
      action: 'invitation.resent',
      organizationId: before.organizationId,
      target: { type: 'invitation', id, label: before.email },
      changes: [{ field: 'sends', before: before.generation, after: after.generation }],
    });
    return invitationView(after, now);
  }
}

/** A new link by another mail; the one before is void. Needs the rights that inviting with these roles needs. */
@Injectable()
export class ResendInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly rules: InvitationRules,
    private readonly renewal: InvitationRenewal,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError not_found, invitation_invalid, role_not_assignable, resend_cooldown, member_exists */
  async execute(id: string, caller: Principal): Promise<InvitationView> {
    return this.unitOfWork.run(async () => {
      const found = await this.invitations.findIn(scopeOf(caller), id);
      if (found === null) throw new DomainError('not_found');
      await this.rules.mayAssign(caller, found.organizationId, found.roles.split(','));
      return this.renewal.execute(id, caller);
    });
  }
}

@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError not_found, invitation_invalid when it was accepted or withdrawn already */
  async execute(id: string, caller: Principal): Promise<void> {
    await this.unitOfWork.run(async () => {
      const found = await this.invitations.findIn(scopeOf(caller), id);
      if (found === null) throw new DomainError('not_found');
      if (!(await this.invitations.withdraw(id, this.clock.recordedAt()))) throw new DomainError('invitation_invalid');
      await this.audit.record({
        action: 'invitation.withdrawn',
        organizationId: found.organizationId,
        target: { type: 'invitation', id, label: found.email },
        changes: [{ field: 'status', before: found.status, after: 'withdrawn' }],
      });
    });
  }
}

@Injectable()
export class ListInvitations {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(query: Parameters<InvitationRepository['page']>[1], caller: Principal) {
    const found = await this.invitations.page(scopeOf(caller), query);
    const now = this.clock.recordedAt();
    return { ...found, data: found.data.map((invitation) => invitationView(invitation, now)) };
  }
}
