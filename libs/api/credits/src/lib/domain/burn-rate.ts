const DAY_MS = 86_400_000;

/** Days that the rate of use is taken from. */
export const BURN_WINDOW_DAYS = 7;

export interface Burn {
  readonly windowDays: number;
  /** Milli-credits a day. */
  readonly perDay: number;
  /** Days until the balance is used up at that rate, to a tenth; null when nothing is being used. */
  readonly daysLeft: number | null;
}

/**
 * The rate at which an organization uses credits, and how long the rest lasts. An account younger than the window is
 * measured over its own age, at least a day, so that a first busy hour is not called a fast burn.
 * @param spent milli-credits charged less refunds since `nowMs − BURN_WINDOW_DAYS`
 */
export function burnRate(spent: number, available: number, accountSinceMs: number | null, nowMs: number): Burn {
  const age = accountSinceMs === null ? 0 : Math.ceil((nowMs - accountSinceMs) / DAY_MS);
  const windowDays = Math.min(BURN_WINDOW_DAYS, Math.max(1, age));
  const perDay = Math.max(0, Math.round(spent / windowDays));
  const daysLeft = perDay === 0 ? null : Math.round((Math.max(0, available) / perDay) * 10) / 10;
  return { windowDays, perDay, daysLeft };
}
