/** How often a unit of work, or a statement alone, runs in all before contention is reported. */
export const MAX_ATTEMPTS = 8;

/** Waits before the next try: up to 20, 40, 80 … 400 ms, drawn at random so that rivals do not meet again. */
export function contentionPause(attempt: number): Promise<void> {
  const ms = Math.random() * Math.min(400, 10 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
