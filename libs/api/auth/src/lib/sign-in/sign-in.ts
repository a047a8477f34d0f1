import { Injectable } from '@nestjs/common';
import { Passwords } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import type { UserFacts } from '@tollgate/api/users';
import { CredentialRepository } from '../persistence/credential.repository';
import type { Browser } from '../sessions/browser';
import { Attempts, type Attempt } from './attempts';
import { FirstFactorPassed, type SignInStep } from './first-factor-passed';
import { SignInAccounts } from './sign-in-accounts';
import { SignInRecord } from './sign-in-record';

export interface SignInWish {
  /** An e-mail address, as typed. */
  readonly identifier: string;
  /** Slug, when the person named their organization. */
  readonly organization: string | null;
  readonly password: string;
  /** Checked local path. */
  readonly returnTo: string;
}

@Injectable()
export class RefusedSignIn {
  constructor(
    private readonly record: SignInRecord,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The failure has been counted before; it is written down, and answered as every other. */
  async execute(user: UserFacts | null, identifier: string, attempt: Attempt): Promise<never> {
    await this.unitOfWork.run(() => this.record.failed({ user, identifier }, 'password', attempt));
    throw new DomainError('sign_in_failed');
  }
}

/**
 * Signs in with a password. An unknown address, a wrong password, a disabled or pending person and one without a
 * password are one and the same to the caller: the same counters, statements, one password hash (of a decoy where there
 * is none), one line in the audit log, the same error.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: SignInAccounts,
    private readonly credentials: CredentialRepository,
    private readonly attempts: Attempts,
    private readonly passwords: Passwords,
    private readonly passed: FirstFactorPassed,
    private readonly refusal: RefusedSignIn,
  ) {}

  /** @throws DomainError sign_in_failed, account_locked */
  async execute(wish: SignInWish, browser: Browser): Promise<SignInStep> {
    const { user, subjects } = await this.accounts.find(wish.identifier, wish.organization, browser);
    const attempt = await this.attempts.begin(subjects);
    const stored = (await this.credentials.password(user?.id ?? ''))?.hash ?? null;
    const check = await this.passwords.verify(wish.password, stored);
    if (user === null || stored === null || !check.ok) return this.refusal.execute(user, wish.identifier, attempt);
    const renewed = check.renew ? await this.passwords.hash(wish.password) : null;
    if (renewed !== null) await this.credentials.renewHash(user.id, stored, renewed);
    return this.passed.execute(user, { attempt, browser, returnTo: wish.returnTo });
  }
}
