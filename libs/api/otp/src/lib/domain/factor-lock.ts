import { DomainError } from '@tollgate/api/kernel';
import { paused } from './paused';

/** Wrong codes until an authenticator pauses. */
export const FREE_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** Consecutive failures after which only a new enrolment helps (NIST SP 800-63B-4, 3.2.2: no more than 100). */
const HARD_LIMIT = 100;
/** The end of representable time: locked for good. */
export const FOR_EVER = 253_402_300_799_999;

/** Until when an authenticator is locked after so many consecutive wrong codes, the last at `atMs`. Null = it is not. */
export function lockedUntil(failures: number, atMs: number): number | null {
  if (failures < FREE_TRIES) return null;
  if (failures >= HARD_LIMIT) return FOR_EVER;
  return atMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, failures - FREE_TRIES));
}

export function triesLeft(failures: number): number {
  return Math.max(0, FREE_TRIES - failures);
}

/** @throws factor_locked while it pauses, without an end when only a new enrolment helps */
export function assertUnlocked(
  factor: { readonly lockedUntil: number | null; readonly failedCount: number },
  atMs: number,
): void {
  const until = factor.lockedUntil;
  if (until === null || until <= atMs) return;
  if (until === FOR_EVER) throw new DomainError('factor_locked');
  const windowMs = lockedUntil(factor.failedCount, 0) ?? FIRST_PAUSE_MS;
  throw paused('factor_locked', { rule: 'wrong_factor_codes', limit: FREE_TRIES, windowMs, until }, atMs);
}
