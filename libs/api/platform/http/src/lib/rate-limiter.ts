import { DomainError } from '@tollgate/api/kernel';
import type { ErrorCode } from '@tollgate/contracts';
import type { ViolatedPolicy } from './problem';

/** So many points a window for each key. The window begins with the first point taken. */
export interface RatePolicy {
  /** `application`, `failed_authentication`: snake_case; keys of different policies never meet. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateStanding {
  readonly allowed: boolean;
  readonly policy: RatePolicy;
  readonly remaining: number;
  /** Seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

/**
 * Counts against a limit, in Redis when there is one and in memory otherwise. While Redis is away each process allows
 * limit ÷ processes, so the sum stays within the limit: it never fails open. Counts may be lost with the process or
 * Redis; limits that must not be (destinations, wrong codes) are rows of the limits slice.
 */
export abstract class RateLimiter {
  /** Takes points (1) for the key, also beyond the limit, and says how it stands. Never throws. */
  abstract take(policy: RatePolicy, key: string, points?: number): Promise<RateStanding>;
  /** How it stands, without taking. */
  abstract peek(policy: RatePolicy, key: string): Promise<RateStanding>;
  /** Forgets what the key took. */
  abstract clear(policy: RatePolicy, key: string): Promise<void>;
}

export const violatedPolicy = (standing: RateStanding): ViolatedPolicy => ({
  name: standing.policy.name,
  limit: standing.policy.limit,
  window_s: standing.policy.windowSeconds,
  reset_s: standing.resetSeconds,
});

/** The refusal of a limit, with what `RateLimit`, `RateLimit-Policy` and `Retry-After` are made from. */
export function limitedError(
  code: ErrorCode,
  policies: readonly ViolatedPolicy[],
  extra: Readonly<Record<string, unknown>> = {},
): DomainError {
  const retryAfter = Math.max(1, ...policies.map((policy) => Math.ceil(policy.reset_s)).filter(Number.isFinite));
  return new DomainError(code, { retryAfter, extra: { ...extra, violated_policies: policies } });
}
