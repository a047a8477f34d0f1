import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { Passwords } from '@tollgate/api/crypto';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { refuseWeakPassword } from '../domain/password-rules';
import { CredentialRepository } from '../persistence/credential.repository';
import { SessionRepository } from '../persistence/session.repository';
import { KnownDevices } from '../sessions/known-devices';
import { Reauthenticate } from '../sessions/reauthenticate';
import { signedIn } from '../sessions/signed-in';
import { SessionRenewal, type RenewedSession } from '../sessions/step-up';

/** Hashes a password that somebody chose, if it may be chosen. Outside any transaction: it takes a fifth of a second. */
@Injectable()
export class ChosenPassword {
  constructor(
    private readonly passwords: Passwords,
    private readonly organizations: OrganizationDirectory,
  ) {}

  /** @throws DomainError password_too_weak */
  async hash(password: string, person: Pick<UserFacts, 'email' | 'name' | 'organizationId'>): Promise<string> {
    const organization = await this.organizations.find(person.organizationId);
    refuseWeakPassword(password, [person.email, person.name, organization?.name ?? '', organization?.slug ?? '']);
    return this.passwords.hash(password);
  }
}

/** What a new password ends: every other session, and every browser's standing as a known one. */
@Injectable()
export class PasswordReplacement {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionRepository,
    private readonly devices: KnownDevices,
    private readonly renewal: SessionRenewal,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(hash: string, caller: Principal): Promise<RenewedSession> {
    const { userId, sessionId, organizationId } = signedIn(caller);
    const now = this.clock.recordedAt();
    await this.credentials.setPassword({ userId, organizationId }, hash, now);
    const ended = await this.sessions.endOthers(userId, sessionId, 'password_changed', now);
    await this.devices.forgetAll(userId);
    await this.audit.record({
      action: 'user.password_changed',
      organizationId,
      target: { type: 'user', id: userId, label: caller.label },
      changes: [
        { field: 'password', before: '[secret]', after: '[secret]' },
        { field: 'other_sessions', before: ended, after: 0 },
      ],
    });
    return this.renewal.execute(sessionId, 'password');
  }
}

@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UserDirectory,
    private readonly chosen: ChosenPassword,
    private readonly reauthenticate: Reauthenticate,
    private readonly replacement: PasswordReplacement,
  ) {}

  /** @throws DomainError wrong_password, password_too_weak, account_locked */
  async execute(
    wish: { readonly currentPassword: string; readonly newPassword: string },
    caller: Principal,
  ): Promise<RenewedSession> {
    const user = await this.users.find(signedIn(caller).userId);
    if (user === null) throw new DomainError('invalid_session');
    const hash = await this.chosen.hash(wish.newPassword, user);
    return this.reauthenticate.execute({ password: wish.currentPassword }, caller, () =>
      this.replacement.execute(hash, caller),
    );
  }
}
