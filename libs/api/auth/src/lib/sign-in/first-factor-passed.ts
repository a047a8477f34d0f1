import { Injectable } from '@nestjs/common';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import type { UserFacts } from '@tollgate/api/users';
import { CHALLENGE_MS } from '../domain/session-lifetime';
import { ChallengeRepository } from '../persistence/challenge.repository';
import type { Browser } from '../sessions/browser';
import { OpenSession, type OpenedSession } from '../sessions/open-session';
import { Proof } from '../sessions/proof';
import { Attempts, type Attempt } from './attempts';

/** What comes next for somebody whose password was right. */
export type SignInStep =
  | { readonly next: 'session'; readonly session: OpenedSession; readonly returnTo: string }
  | { readonly next: 'second_factor'; readonly challengeToken: string };

@Injectable()
export class FirstFactorPassed {
  constructor(
    private readonly openSession: OpenSession,
    private readonly challenges: ChallengeRepository,
    private readonly attempts: Attempts,
    private readonly keyedHash: KeyedHash,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A session, unless the assurance gate asks for more; then a challenge that a second factor completes. */
  async execute(
    user: UserFacts,
    context: { readonly attempt: Attempt; readonly browser: Browser; readonly returnTo: string },
  ): Promise<SignInStep> {
    return this.unitOfWork.run(async () => {
      await this.attempts.succeed(context.attempt);
      try {
        const session = await this.openSession.execute(new Proof(user.id, ['password']), context.browser);
        return { next: 'session', session, returnTo: context.returnTo };
      } catch (error) {
        // Thrown by the gate before anything of the session was written.
        if (!(error instanceof DomainError) || error.code !== 'second_factor_required') throw error;
        return { next: 'second_factor', challengeToken: await this.challenge(user, context.returnTo) };
      }
    });
  }

  private async challenge(user: UserFacts, returnTo: string): Promise<string> {
    const now = this.clock.recordedAt();
    const token = randomToken();
    await this.challenges.insert({
      id: newId('chl', now),
      organizationId: user.organizationId,
      userId: user.id,
      tokenHash: this.keyedHash.of('sign_in_challenge', token),
      userEpoch: user.securityEpoch,
      returnTo,
      createdAt: now,
      expiresAt: now + CHALLENGE_MS,
    });
    return token;
  }
}
