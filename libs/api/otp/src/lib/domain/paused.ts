import type { ErrorCode } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';

export interface Pause {
  /** The rule that says no: `resend_cooldown`. Never anything personal. */
  readonly rule: string;
  /** So many within the window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Epoch ms when it is worth trying again. */
  readonly until: number;
}

/** The refusal of a rule that passes by itself, with what `Retry-After`, `RateLimit` and `RateLimit-Policy` are made from. */
export function paused(
  code: ErrorCode,
  pause: Pause,
  atMs: number,
  extra: Readonly<Record<string, unknown>> = {},
): DomainError {
  const retryAfter = Math.max(1, Math.ceil((pause.until - atMs) / 1000));
  const policy = {
    name: pause.rule,
    limit: pause.limit,
    window_s: Math.ceil(pause.windowMs / 1000),
    reset_s: retryAfter,
  };
  return new DomainError(code, { retryAfter, extra: { ...extra, violated_policies: [policy] } });
}
