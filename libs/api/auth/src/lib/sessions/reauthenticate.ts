import { Injectable } from '@nestjs/common';
import { Passwords } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { FactorCheck } from '../factors/factor-check';
import { CredentialRepository } from '../persistence/credential.repository';
import { SessionRepository } from '../persistence/session.repository';
import { Attempts, type Attempt } from '../sign-in/attempts';
import { SignInRecord } from '../sign-in/sign-in-record';
import type { ProofMethod } from './proof';
import { signedIn } from './signed-in';

/** What somebody who is signed in shows once more: a password, a code, or both where an act asks for both. */
export interface Evidence {
  readonly password?: string | undefined;
  readonly code?: string | undefined;
}

/** Wrong proofs in a row after which a session is taken for stolen. */
const SESSION_FAILURES = 10;

@Injectable()
export class RefusedProof {
  constructor(
    private readonly record: SignInRecord,
    private readonly users: UserDirectory,
    private readonly sessions: SessionRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(code: 'wrong_password' | 'wrong_factor_code', caller: Principal, attempt: Attempt): Promise<never> {
    const { userId, sessionId } = signedIn(caller);
    const user = await this.users.find(userId);
    await this.unitOfWork.run(async () => {
      await this.record.failed({ user, identifier: caller.label }, 'step_up', attempt);
      if (attempt.counted.some(({ failures }) => failures >= SESSION_FAILURES)) {
        await this.sessions.end(sessionId, 'too_many_failures', this.clock.recordedAt());
      }
    });
    throw new DomainError(code);
  }
}

/**
 * Checks everything that was given, and then lets the act run. Failures count on the session: whoever stole it cannot
 * guess on, cannot lock the owner out elsewhere, and after ten failures in a row has lost it.
 */
@Injectable()
export class Reauthenticate {
  constructor(
    private readonly attempts: Attempts,
    private readonly credentials: CredentialRepository,
    private readonly passwords: Passwords,
    private readonly factorCheck: FactorCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly refusal: RefusedProof,
  ) {}

  /**
   * `act` runs in the transaction that uses the code up: if it throws, the code was not used.
   * @throws DomainError wrong_password, wrong_factor_code, account_locked, and what `act` throws
   */
  async execute<T>(
    evidence: Evidence,
    caller: Principal,
    act: (methods: readonly ProofMethod[]) => Promise<T>,
  ): Promise<T> {
    const { userId, sessionId } = signedIn(caller);
    const { password, code } = evidence;
    if (password === undefined && code === undefined) throw new Error('there is nothing to prove with');
    const attempt = await this.attempts.begin([['step_up', sessionId]]);
    if (password !== undefined) {
      const stored = (await this.credentials.password(userId))?.hash ?? null;
      const { ok } = await this.passwords.verify(password, stored);
      if (!ok) return this.refusal.execute('wrong_password', caller, attempt);
    }
    const done = await this.unitOfWork.run(async () => {
      const method = code === undefined ? null : await this.factorCheck.use(userId, code);
      if (code !== undefined && method === null) return { wrong: true } as const;
      await this.attempts.succeed(attempt);
      const methods: ProofMethod[] = [
        ...(password === undefined ? [] : ['password' as const]),
        ...(method ? [method] : []),
      ];
      return { wrong: false, result: await act(methods) } as const;
    });
    return done.wrong ? this.refusal.execute('wrong_factor_code', caller, attempt) : done.result;
  }
}
