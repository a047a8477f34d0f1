export interface StartAttempt {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: 'sms' | 'email' | 'mobile';
  readonly purpose: string;
  /** Keyed hash of the canonical destination; null for an authenticator. */
  readonly destinationHash: string | null;
  /** E.164 less its last four digits, or the mail's domain: for prefix velocity. */
  readonly prefix: string | null;
  readonly country: string | null;
  readonly clientIp: string | null;
  readonly userRef: string | null;
  readonly userAgent: string | null;
  /** Milli-credits that the start would charge and hold. */
  readonly cost: number;
  /** A resend is limited by destination and application, not asked of the fraud guard again. */
  readonly kind: 'start' | 'resend';
}

export interface GuardReason {
  /** `unverified_prefix`, `countries_per_ip`, …: snake_case, stable. */
  readonly rule: string;
  readonly explanation: string;
  /** What was counted, and what is allowed. */
  readonly observed: number | null;
  readonly allowed: number | null;
}

/** What was decided and why; stored with the verification and shown in its timeline. */
export interface GuardDecision {
  readonly outcome: 'allow' | 'block' | 'would_block';
  readonly reasons: readonly GuardReason[];
}

export interface WrongCheckState {
  /** Null = guess on. Else epoch ms until when, or Infinity for locked until step-up. */
  readonly blockedUntil: number | null;
  /** Whether wrong codes are on record. Without any, a right code has nothing to clear. */
  readonly counted: boolean;
}

/**
 * The gate before anything is created or sent: limits by application, destination, client address, user reference and
 * prefix, spend caps, suppression list, fraud guard. A refusal throws `quota_exceeded` (with `violated_policies` and
 * retry_after), `spend_cap_reached`, `country_not_allowed`, `destination_suppressed`, and keeps the decision trace by
 * request id; a fraud block is returned, for the caller stores it as a `blocked` verification.
 * Called outside a transaction; never fails open.
 *
 * Statements when a start is let through: one (two for a destination that MySQL has not seen before), and none for an
 * authenticator; one more read when a spend cap is set. A refusal adds why it was refused, and its row.
 */
export abstract class StartGate {
  abstract admit(attempt: StartAttempt): Promise<GuardDecision>;
  /**
   * Counts a started or approved verification for conversion budgets; inside the transaction of its cause. One INSERT
   * for live keys, nothing for test keys, whose starts are never judged.
   */
  abstract observe(event: {
    readonly kind: 'started' | 'approved';
    readonly attempt: Omit<StartAttempt, 'cost' | 'kind'>;
  }): Promise<void>;
}

/**
 * Wrong checks across verifications of one application and destination: 10 an hour slow it down, 100 lock it. Test
 * keys count apart from live ones: whether one is calling is known from the request.
 */
export abstract class GuessGate {
  /** One read. */
  abstract state(applicationId: string, destinationHash: string, atMs: number): Promise<WrongCheckState>;
  /** Inside the transaction of the check. A right code clears the count. One statement, two for a wrong code. */
  abstract note(applicationId: string, destinationHash: string, right: boolean, atMs: number): Promise<void>;
}

/** Destinations that asked for silence or cannot be reached. */
export abstract class SuppressionList {
  abstract add(entry: {
    readonly organizationId: string;
    readonly channel: 'sms' | 'email';
    /** The hash that starts to this destination are limited by. */
    readonly destinationHash: string;
    readonly reason: 'opted_out' | 'permanent_failure' | 'complaint' | 'manual';
    /** Epoch ms; null = until removed. */
    readonly until: number | null;
  }): Promise<void>;
}

/**
 * Keeps why a request was refused, for `/v1/refusals/{request_id}`, when another slice refused it: a locked
 * destination, a cool-down. The gate keeps its own. Outside a transaction, which would take it along when it rolls back.
 */
export abstract class RefusalLog {
  abstract record(refusal: {
    readonly attempt: Omit<StartAttempt, 'cost' | 'kind'> & { readonly kind: 'start' | 'resend' | 'check' };
    readonly outcome: 'refused' | 'blocked' | 'would_block';
    /** The code of the problem. */
    readonly code: string;
    /** The limit or rule that decided. */
    readonly policy: string | null;
    readonly reasons: readonly GuardReason[];
    /** Seconds. */
    readonly retryAfter: number | null;
  }): Promise<void>;
}
