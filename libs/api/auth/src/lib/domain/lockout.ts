/** How one counter of failed attempts slows the next one down. All times in ms. */
export interface LockoutRule {
  /** So many failures cost nothing. */
  readonly free: number;
  /** The wait after one more; it doubles with each further one. */
  readonly baseMs: number;
  readonly capMs: number;
  /** A counter that was not touched for so long begins anew. */
  readonly forgetMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Who is slowed down by what. An attempt from a browser that has signed in as this person before counts on `device`
 * alone: a stranger who fills `account` or `address` never keeps the owner out. No wait is longer than its cap, so
 * nobody is ever locked out for good; at the caps a stranger has about a hundred guesses a day at one account.
 */
export const LOCKOUTS = {
  /** One account from one address (/32, /64). */
  pair: { free: 5, baseMs: 30 * SECOND, capMs: 15 * MINUTE, forgetMs: 24 * HOUR },
  /** One account from anywhere but known browsers. */
  account: { free: 30, baseMs: MINUTE, capMs: 15 * MINUTE, forgetMs: 24 * HOUR },
  /** Every account from one address. */
  address: { free: 50, baseMs: 30 * SECOND, capMs: 15 * MINUTE, forgetMs: 24 * HOUR },
  /** One account from one of its known browsers. */
  device: { free: 5, baseMs: 30 * SECOND, capMs: 15 * MINUTE, forgetMs: 24 * HOUR },
  /** Codes of the second factor; only whoever knows the password comes this far. */
  factor: { free: 5, baseMs: MINUTE, capMs: HOUR, forgetMs: 24 * HOUR },
  /** Proving again within a session. */
  step_up: { free: 5, baseMs: 30 * SECOND, capMs: HOUR, forgetMs: 24 * HOUR },
  /** Guesses at the set-up token, by address. */
  setup: { free: 10, baseMs: 30 * SECOND, capMs: HOUR, forgetMs: 24 * HOUR },
  /** Wishes for a link that sets a new password, whoever's, by address. */
  reset: { free: 10, baseMs: MINUTE, capMs: 15 * MINUTE, forgetMs: HOUR },
} as const satisfies Record<string, LockoutRule>;

export type LockoutKind = keyof typeof LOCKOUTS;

/** How long nobody may try after so many failures in a row. */
export function waitAfter(rule: LockoutRule, failures: number): number {
  if (failures < rule.free) return 0;
  return Math.min(rule.capMs, rule.baseMs * 2 ** Math.min(failures - rule.free, 30));
}
