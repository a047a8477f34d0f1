import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { FactorCheck } from '../factors/factor-check';
import { ChallengeRepository } from '../persistence/challenge.repository';
import type { SignInChallengeEntity } from '../persistence/entities';
import type { Browser } from '../sessions/browser';
import { KnownDevices } from '../sessions/known-devices';
import { OpenSession, type OpenedSession } from '../sessions/open-session';
import { Proof } from '../sessions/proof';
import { Attempts, type Attempt, type Subject } from './attempts';
import { SignInRecord } from './sign-in-record';

export interface CompletedSignIn {
  readonly session: OpenedSession;
  readonly returnTo: string;
}

/** The challenge of a browser, as long as it can still be completed. */
@Injectable()
export class OpenChallenge {
  constructor(
    private readonly challenges: ChallengeRepository,
    private readonly users: UserDirectory,
    private readonly devices: KnownDevices,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** Null when there is none, or its person was changed, disabled or removed since the password. */
  async find(token: string | null): Promise<{ challenge: SignInChallengeEntity; user: UserFacts } | null> {
    if (token === null) return null;
    const hash = this.keyedHash.of('sign_in_challenge', token);
    const challenge = await this.challenges.open(hash, this.clock.recordedAt());
    const user = challenge === null ? null : await this.users.find(challenge.userId);
    if (challenge === null || user === null) return null;
    return user.status === 'active' && user.securityEpoch === challenge.userEpoch ? { challenge, user } : null;
  }

  /**
   * The counters of a code. Codes count apart from passwords, and on a known browser apart from strangers': whoever
   * stole the password cannot keep the owner out with wrong codes.
   */
  async subjects(user: UserFacts, browser: Browser): Promise<readonly Subject[]> {
    const known = await this.devices.knows(user.id, browser);
    return [['factor', user.id, known ? (browser.deviceToken ?? '') : '']];
  }
}

@Injectable()
export class SecondFactorPassed {
  constructor(
    private readonly factorCheck: FactorCheck,
    private readonly challenges: ChallengeRepository,
    private readonly openSession: OpenSession,
    private readonly attempts: Attempts,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Code, challenge and session are one transaction: a code is used up only by the sign-in that it completes, and of
   * many equal ones at once one completes. Null when the code is not right; then nothing was written.
   */
  async execute(
    challenge: SignInChallengeEntity,
    code: string,
    context: { readonly attempt: Attempt; readonly browser: Browser },
  ): Promise<OpenedSession | null> {
    return this.unitOfWork.run(async () => {
      const method = await this.factorCheck.use(challenge.userId, code);
      if (method === null) return null;
      if (!(await this.challenges.consume(challenge.id, this.clock.recordedAt()))) {
        throw new DomainError('sign_in_failed');
      }
      await this.attempts.succeed(context.attempt);
      return this.openSession.execute(new Proof(challenge.userId, ['password', method]), context.browser);
    });
  }
}

/** Completes a sign-in with a code of an authenticator or a recovery code. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly open: OpenChallenge,
    private readonly attempts: Attempts,
    private readonly codes: SecondFactorPassed,
    private readonly challenges: ChallengeRepository,
    private readonly record: SignInRecord,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError sign_in_failed when the challenge is over (begin again), wrong_factor_code, account_locked
   */
  async execute(challengeToken: string | null, code: string, browser: Browser): Promise<CompletedSignIn> {
    const found = await this.open.find(challengeToken);
    if (found === null) throw new DomainError('sign_in_failed');
    const { challenge, user } = found;
    const attempt = await this.attempts.begin(await this.open.subjects(user, browser));
    if (!(await this.challenges.countTry(challenge.id, this.clock.recordedAt()))) {
      throw new DomainError('sign_in_failed');
    }
    const session = await this.codes.execute(challenge, code, { attempt, browser });
    if (session !== null) return { session, returnTo: challenge.returnTo };
    await this.record.failed({ user, identifier: user.email }, 'second_factor', attempt);
    throw new DomainError('wrong_factor_code');
  }
}
