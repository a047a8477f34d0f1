import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import { ChallengeRepository } from './persistence/challenge.repository';
import { InvitationRepository } from './persistence/invitation.repository';
import { LockoutRepository } from './persistence/lockout.repository';
import { PasswordResetRepository } from './persistence/password-reset.repository';
import { SessionRepository } from './persistence/session.repository';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Ended sessions stay so long, for the question where somebody was signed in. */
const KEEP_SESSIONS_MS = 30 * DAY_MS;
/** Longer than they are counted. */
const KEEP_RESETS_MS = DAY_MS;
/** Longer than any counter is remembered. */
const KEEP_COUNTERS_MS = 2 * DAY_MS;

/** Clears away what time has ended. None of it is needed for a decision: rows are judged by their times. */
@Injectable()
export class SweepSignIns {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly challenges: ChallengeRepository,
    private readonly lockouts: LockoutRepository,
    private readonly invitations: InvitationRepository,
    private readonly resets: PasswordResetRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.recordedAt();
    await this.invitations.lapse(now);
    await this.challenges.sweep(now);
    await this.resets.sweep(now - KEEP_RESETS_MS);
    await this.lockouts.sweep(now - KEEP_COUNTERS_MS);
    await this.sessions.sweep(now - KEEP_SESSIONS_MS);
  }
}
