import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { ChallengeRepository } from '../../persistence/challenge.repository';
import { CredentialRepository } from '../../persistence/credential.repository';
import type { PasswordResetEntity } from '../../persistence/entities';
import { PasswordResetRepository } from '../../persistence/password-reset.repository';
import { SessionRepository } from '../../persistence/session.repository';
import { ChosenPassword } from '../change-password';
import { ResetLinks } from './reset-links';

export interface OpenReset {
  readonly reset: PasswordResetEntity;
  readonly user: UserFacts;
}

/** What a link leads to. Reading it changes nothing, however often a mail scanner does. */
@Injectable()
export class FindReset {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly users: UserDirectory,
    private readonly credentials: CredentialRepository,
    private readonly links: ResetLinks,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError reset_invalid, also when the password, the address, the roles or the status of the person
   *   changed since the link was sent
   */
  async execute(token: string): Promise<OpenReset> {
    const hash = this.links.recognize(token);
    const reset = hash === null ? null : await this.resets.findOpen(hash, this.clock.recordedAt());
    const user = reset === null ? null : await this.users.find(reset.userId);
    if (reset === null || user === null || !(await this.stillFits(reset, user))) {
      throw new DomainError('reset_invalid');
    }
    return { reset, user };
  }

  private async stillFits(reset: PasswordResetEntity, user: UserFacts): Promise<boolean> {
    return (
      user.status === 'active' &&
      user.securityEpoch === reset.userEpoch &&
      this.keyedHash.of('password_reset_email', user.email) === reset.emailHash &&
      (await this.credentials.password(user.id))?.changedAt === reset.passwordChangedAt
    );
  }
}

/** What a new password by link ends: every session, every sign-in under way, every known browser, every other link. */
@Injectable()
export class ResetReplacement {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionRepository,
    private readonly challenges: ChallengeRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction. @throws DomainError reset_invalid for all but the first answer to one link */
  async execute({ id, userId, organizationId }: PasswordResetEntity, email: string, hash: string): Promise<void> {
    const now = this.clock.recordedAt();
    if (!(await this.resets.use(id, now))) throw new DomainError('reset_invalid');
    await this.credentials.setPassword({ userId, organizationId }, hash, now);
    await this.resets.closeAll(userId, now);
    const ended = await this.sessions.endAll(userId, 'password_reset', now);
    await this.challenges.endAll(userId, now);
    await this.challenges.forgetDevices(userId);
    await this.audit.record({
      action: 'user.password_reset',
      organizationId,
      target: { type: 'user', id: userId, label: email },
      changes: [
        { field: 'password', before: '[secret]', after: '[secret]' },
        { field: 'sessions', before: ended, after: 0 },
      ],
      actor: { kind: 'anonymous', id: '', label: '' },
    });
  }
}

/** Sets a new password by a link. It signs nobody in: the next sign-in asks for everything that it always asks for. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly found: FindReset,
    private readonly chosen: ChosenPassword,
    private readonly replacement: ResetReplacement,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError reset_invalid, password_too_weak */
  async execute(token: string, password: string): Promise<void> {
    const { user } = await this.found.execute(token);
    const hash = await this.chosen.hash(password, user);
    await this.unitOfWork.run(async () => {
      // Looked at again: while it was hashed the person may have changed their password, or been disabled.
      const { reset } = await this.found.execute(token);
      await this.replacement.execute(reset, user.email, hash);
    });
  }
}
