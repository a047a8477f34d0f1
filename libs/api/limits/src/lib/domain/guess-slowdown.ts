/** The first wait, in ms; each further wrong code doubles it, up to `LONGEST_WAIT_MS`. */
export const FIRST_WAIT_MS = 60_000;
export const LONGEST_WAIT_MS = 3_600_000;
/** Doublings until the longest wait is reached: 1, 2, 4, … 32 minutes, then an hour. */
export const MOST_DOUBLINGS = 6;

/** Where wrong codes of one application and destination slow guessing down, and where they lock it. */
export interface GuessRules {
  /** Wrong codes within the window that are free of a wait; the one that reaches it begins the slowdown. */
  readonly slowFrom: number;
  readonly windowMs: number;
  /** Consecutive wrong codes that lock; NIST SP 800-63B-4 allows no more than 100. */
  readonly lockAt: number;
}

export interface GuessCount {
  readonly windowStart: number;
  readonly windowCount: number;
  readonly consecutive: number;
  readonly blockedUntil: number;
  readonly locked: boolean;
}

/**
 * The count after one more wrong code. The SQL of the guess counter does the same in one statement; a spec holds the
 * two together.
 */
export function afterWrong(before: GuessCount | null, rules: GuessRules, atMs: number): GuessCount {
  const inWindow = before !== null && before.windowStart + rules.windowMs > atMs;
  const windowCount = inWindow ? before.windowCount + 1 : 1;
  const consecutive = (before?.consecutive ?? 0) + 1;
  const over = windowCount - rules.slowFrom;
  const wait = over < 0 ? 0 : over >= MOST_DOUBLINGS ? LONGEST_WAIT_MS : FIRST_WAIT_MS * 2 ** over;
  return {
    windowStart: inWindow ? before.windowStart : atMs,
    windowCount,
    consecutive,
    blockedUntil: over < 0 ? (before?.blockedUntil ?? 0) : atMs + wait,
    locked: (before?.locked ?? false) || consecutive >= rules.lockAt,
  };
}
