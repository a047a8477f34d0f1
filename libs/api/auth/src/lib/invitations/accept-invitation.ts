import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory, type OrganizationFacts } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { ChosenPassword } from '../passwords/change-password';
import { CredentialRepository } from '../persistence/credential.repository';
import type { InvitationEntity } from '../persistence/entities';
import { InvitationRepository } from '../persistence/invitation.repository';
import type { Browser } from '../sessions/browser';
import { OpenSession, type OpenedSession } from '../sessions/open-session';
import { Proof } from '../sessions/proof';
import { InvitationLinks } from './invitation-links';

export interface OpenInvitation {
  readonly invitation: InvitationEntity;
  readonly organization: OrganizationFacts;
}

/** What a link leads to. Reading it changes nothing, however often a mail scanner does. */
@Injectable()
export class FindInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly organizations: OrganizationDirectory,
    private readonly links: InvitationLinks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError invitation_invalid, organization_suspended */
  async execute(token: string): Promise<OpenInvitation> {
    const hash = this.links.recognize(token);
    const invitation = hash === null ? null : await this.invitations.findOpen(hash, this.clock.recordedAt());
    if (invitation === null) throw new DomainError('invitation_invalid');
    const organization = await this.organizations.find(invitation.organizationId);
    if (organization === null) throw new DomainError('invitation_invalid');
    if (organization.status !== 'active') throw new DomainError('organization_suspended');
    return { invitation, organization };
  }
}

/** The user that an invitation becomes, in its transaction. */
@Injectable()
export class InvitedUser {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly users: UserDirectory,
    private readonly credentials: CredentialRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError invitation_invalid for all but the first of any number of answers to one link */
  async create(invitation: InvitationEntity, name: string, hash: string): Promise<UserFacts> {
    const { id, organizationId, email, tokenHash } = invitation;
    const now = this.clock.recordedAt();
    if (!(await this.invitations.accept(id, tokenHash, now))) throw new DomainError('invitation_invalid');
    const user = await this.users.create({
      organizationId,
      email,
      name,
      status: 'active',
      signUpMethod: 'invitation',
      roles: invitation.roles.split(','),
    });
    await this.credentials.setPassword({ userId: user.id, organizationId }, hash, now);
    await this.audit.record({
      action: 'invitation.accepted',
      organizationId,
      target: { type: 'invitation', id, label: email },
      changes: [{ field: 'user', before: null, after: user.id }],
      actor: { kind: 'session', id: user.id, label: email },
    });
    return user;
  }
}

/** Accepts an invitation: user, roles, password and first session come to be together, or not at all. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly found: FindInvitation,
    private readonly chosen: ChosenPassword,
    private readonly invited: InvitedUser,
    private readonly openSession: OpenSession,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError invitation_invalid, password_too_weak, organization_suspended, member_exists */
  async execute(
    token: string,
    wish: { readonly name: string; readonly password: string },
    browser: Browser,
  ): Promise<OpenedSession> {
    const { invitation } = await this.found.execute(token);
    const { email, organizationId } = invitation;
    const hash = await this.chosen.hash(wish.password, { email, organizationId, name: wish.name });
    return this.unitOfWork.run(async () => {
      const user = await this.invited.create(invitation, wish.name, hash);
      return this.openSession.execute(new Proof(user.id, ['invitation', 'password']), browser);
    });
  }
}
