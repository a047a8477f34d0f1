const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ms. A session ends 12 hours after its last use and 7 days after its beginning, whichever comes first. */
export const SESSION_IDLE_MS = 12 * HOUR;
export const SESSION_ABSOLUTE_MS = 7 * 24 * HOUR;
/** How long a proof counts as fresh for calls that need one. */
export const STEP_UP_MS = 10 * MINUTE;
/** Last use is written at most this often, so that reading the console is not a write a request. */
export const SEEN_EVERY_MS = MINUTE;
/** From the password to the second factor. */
export const CHALLENGE_MS = 10 * MINUTE;
export const CHALLENGE_FAILURES = 5;
export const DEVICE_MS = 180 * 24 * HOUR;
export const INVITATION_MS = 72 * HOUR;
/** A link that sets a new password. */
export const RESET_MS = 30 * MINUTE;
/** A set-up token that nobody used; a restart prints another. */
export const SETUP_TOKEN_MS = 24 * HOUR;

export interface SessionTimes {
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
}

export function isAlive(session: SessionTimes, nowMs: number): boolean {
  return session.endedAt === null && nowMs < session.expiresAt && nowMs - session.lastSeenAt < SESSION_IDLE_MS;
}

export function isFresh(authenticatedAt: number, nowMs: number): boolean {
  return nowMs - authenticatedAt < STEP_UP_MS;
}
