const BASE_MS = 1_000;
const CAP_MS = 15 * 60_000;

/** Tries of a job in all, before it is dead: with the delays below, a little over an hour and a half. */
export const MAX_ATTEMPTS = 14;

/**
 * How long to wait after the nth failed try, in ms: one second, doubled each time, at most 15 minutes, moved by up to
 * a fifth either way so that jobs that failed together do not come back together. `random` is in [0, 1).
 */
export function retryDelay(attempt: number, random: number): number {
  const delay = Math.min(BASE_MS * 2 ** (Math.max(attempt, 1) - 1), CAP_MS);
  return Math.round(delay * (0.8 + 0.4 * random));
}
