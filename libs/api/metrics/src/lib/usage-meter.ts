/** The additive counters of a rollup bucket. Each is a column of the rollup. */
export const COUNTERS = [
  /** Verifications created, blocked ones apart. */
  'started',
  /** Codes made: one for each started verification as long as no code is ever replaced. */
  'generated',
  'approved',
  'expired',
  'failed',
  'canceled',
  'undeliverable',
  /** Blocked by the fraud guard: neither started nor generated. */
  'blocked',
  /** Ended as expired or canceled without one evaluated check. */
  'unused',
  'checks',
  'checks_right',
  'checks_wrong',
  /** Messages queued. */
  'sends',
  'sends_accepted',
  'sends_delivered',
  /** Reported as not delivered after a provider had accepted them. */
  'sends_undelivered',
  /** Taken by no provider. */
  'sends_failed',
  /** Stopped before any provider was asked. */
  'sends_suppressed',
  'sends_unknown',
  'segments',
  /** Milli-credits charged, less refunded ones. */
  'credits',
  /** Verifications that got their first evaluated check. */
  'first_checks',
  /** Starts that limits and the fraud guard let pass. */
  'allowed',
] as const;
export type Counter = (typeof COUNTERS)[number];

export interface UsageDelta {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: 'sms' | 'email' | 'mobile';
  readonly country: string | null;
  readonly provider: string | null;
  /** Cohort = bucket of the verification's start; event = bucket of what happened. Both are kept. */
  readonly cohortAt: number;
  readonly at: number;
  readonly counts: Readonly<Partial<Record<Counter, number>>>;
  /** Milliseconds from accept to delivery, or from send to approval, for the latency sketch. */
  readonly latency?: { readonly kind: 'delivery' | 'approval'; readonly ms: number };
  /**
   * Given when this is also a row of the usage activity log: a start or resend (`authentication`: success once queued,
   * unused when it expires untried, failed when blocked or undeliverable) or a check (`verification`: success or failed).
   */
  readonly activity?: {
    readonly action: 'authentication' | 'verification';
    readonly result: 'success' | 'unused' | 'failed';
    readonly verificationId: string;
  };
}

/** The meter's door: insert-only rows in the open transaction of what they count; a job folds them into rollups. */
export abstract class UsageMeter {
  abstract count(deltas: readonly UsageDelta[]): Promise<void>;
}

/** The counters of one cohort bucket, recomputed from the rows themselves. */
export interface RawCohort {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: 'sms' | 'email' | 'mobile';
  /** Start of the 15 minutes UTC, epoch ms. */
  readonly bucket: number;
  readonly counts: Readonly<Partial<Record<Counter, number>>>;
}

/** Registered by the slice that owns the rows: the nightly reconciliation compares rollups with them. */
export abstract class RawUsageSources {
  /** The source yields, for each cohort bucket of the range, the counters that it can recompute, and always the same ones. */
  abstract register(source: (fromMs: number, toMs: number) => Promise<RawCohort[]>): void;
}
