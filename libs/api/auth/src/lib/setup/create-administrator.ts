import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { ChosenPassword } from '../passwords/change-password';
import { CredentialRepository } from '../persistence/credential.repository';
import { SetupRepository } from '../persistence/setup.repository';
import type { Browser } from '../sessions/browser';
import { OpenSession, type OpenedSession } from '../sessions/open-session';
import { Proof } from '../sessions/proof';
import { SetupState } from './setup-state';

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Staff without an invitation: the first super admin, and the people of the demo. In the caller's transaction. */
@Injectable()
export class FoundingMember {
  constructor(
    private readonly users: UserDirectory,
    private readonly credentials: CredentialRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async create(
    person: { readonly organizationId: string; readonly email: string; readonly name: string; readonly hash: string },
    roles: readonly string[],
    signUpMethod: 'setup' | 'seed',
  ): Promise<UserFacts> {
    const { organizationId, email, name, hash } = person;
    const user = await this.users.create({ organizationId, email, name, status: 'active', signUpMethod, roles });
    await this.credentials.setPassword({ userId: user.id, organizationId }, hash, this.clock.recordedAt());
    await this.audit.record({
      action: 'user.created',
      organizationId,
      target: { type: 'user', id: user.id, label: email },
      changes: [
        { field: 'roles', before: null, after: [...roles] },
        { field: 'sign_up_method', before: null, after: signUpMethod },
      ],
      actor: { kind: 'system', id: `system:${signUpMethod}`, label: `system:${signUpMethod}` },
    });
    return user;
  }
}

@Injectable()
export class AdministratorAddress {
  constructor(
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationDirectory,
  ) {}

  async of(text: string): Promise<{ email: string; organizationId: string }> {
    const email = this.users.canonicalEmail(text);
    if (email === null) {
      throw new DomainError('validation_failed', { param: 'email', detail: 'Give an address such as ann@example.com' });
    }
    return { email, organizationId: await this.organizations.platformId() };
  }
}

@Injectable()
export class AdministratorClaim {
  constructor(
    private readonly setup: SetupRepository,
    private readonly founding: FoundingMember,
    private readonly openSession: OpenSession,
    private readonly keyedHash: KeyedHash,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(
    ticket: string,
    person: Parameters<FoundingMember['create']>[0],
    browser: Browser,
  ): Promise<OpenedSession> {
    return this.unitOfWork.run(async () => {
      const ticketHash = this.keyedHash.of('setup_ticket', ticket);
      if (!(await this.setup.claimAdministrator(ticketHash, this.clock.recordedAt()))) {
        throw new DomainError('setup_closed');
      }
      const user = await this.founding.create(person, ['super_admin'], 'setup');
      return this.openSession.execute(new Proof(user.id, ['setup', 'password']), browser);
    });
  }
}

/** The first super admin: once, by the browser that gave the token. */
@Injectable()
export class CreateAdministrator {
  constructor(
    private readonly state: SetupState,
    private readonly canonical: AdministratorAddress,
    private readonly chosen: ChosenPassword,
    private readonly claim: AdministratorClaim,
  ) {}

  /** @throws DomainError setup_token_invalid, setup_closed, validation_failed, password_too_weak */
  async execute(ticket: string | null, person: NewPerson, browser: Browser): Promise<OpenedSession> {
    await this.state.demand('administrator', ticket);
    const { email, organizationId } = await this.canonical.of(person.email);
    const hash = await this.chosen.hash(person.password, { email, organizationId, name: person.name });
    return this.claim.execute(ticket ?? '', { organizationId, email, name: person.name, hash }, browser);
  }
}
