import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { MessageOwners, StaffMail, type MessageOwner } from '@tollgate/api/messaging';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { RoleBook } from '@tollgate/api/users';
import { INVITATION_MS } from '../domain/session-lifetime';
import type { InvitationEntity } from '../persistence/entities';
import { InvitationRepository } from '../persistence/invitation.repository';
import { InvitationLinks } from './invitation-links';

const SOURCE = 'invitation';

/** Queues the mail of an invitation, in its transaction. The link is not in it: it is asked for when it is sent. */
@Injectable()
export class InvitationMail {
  constructor(
    private readonly mail: StaffMail,
    private readonly organizations: OrganizationDirectory,
    private readonly roleBook: RoleBook,
  ) {}

  async queue(invitation: InvitationEntity): Promise<void> {
    const organization = await this.organizations.get(invitation.organizationId);
    await this.mail.queue({
      organizationId: invitation.organizationId,
      to: invitation.email,
      template: 'invitation',
      variables: {
        organization: organization.builtIn ? 'Tollgate' : organization.name,
        inviter: invitation.invitedBy,
        role: invitation.roles
          .split(',')
          .map((role) => this.roleBook.nameOf(role))
          .join(', '),
        hours: String(INVITATION_MS / 3_600_000),
      },
      source: { type: SOURCE, id: invitation.id },
    });
  }
}

/** Gives the link to whoever writes the mail, as long as the invitation is open. */
@Injectable()
export class InvitationSecret implements MessageOwner, OnModuleInit {
  constructor(
    private readonly owners: MessageOwners,
    private readonly invitations: InvitationRepository,
    private readonly links: InvitationLinks,
    private readonly roleBook: RoleBook,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.owners.register(SOURCE, this);
  }

  async secret(invitationId: string): Promise<{ readonly code: string } | null> {
    const invitation = await this.invitations.find(invitationId);
    if (invitation?.status !== 'pending' || invitation.expiresAt <= this.clock.recordedAt()) return null;
    const url = this.links.urlOf(invitation);
    return url === null ? null : { code: url };
  }

  /** The link is as good as its roles: only who could give them away may read it in the outbox. */
  async mayShow(invitationId: string, caller: Principal): Promise<boolean> {
    const invitation = await this.invitations.find(invitationId);
    if (invitation === null) return false;
    try {
      await this.roleBook.refuseUnassignable(
        caller.permissions,
        invitation.organizationId,
        invitation.roles.split(','),
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'role_not_assignable') return false;
      throw error;
    }
  }

  /** How the mail fares is shown with the message itself; an undelivered invitation is sent again by its inviter. */
  onSends(): Promise<void> {
    return Promise.resolve();
  }
}
