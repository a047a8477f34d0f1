/** All sends of a verification: the first, resends and fallbacks. */
export const MAX_SENDS = 5;

const FIRST_MS = 30_000;
const LONGEST_MS = 600_000;

/** How long after so many sends: 30 s, doubling, at most 10 minutes. */
export function coolDownMs(sends: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, sends - 1));
}

/**
 * When it may be sent again after so many sends, the last of them at `atMs`.
 * Null when it may not.
 */
export function resendAvailableAt(sends: number, atMs: number): number | null {
  if (sends >= MAX_SENDS) return null;
  return atMs + coolDownMs(sends);
}
