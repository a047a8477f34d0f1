/** The additive counters of a rollup bucket; see section 3 of the definitions for each. */
export type Counter =
  | 'started' | 'generated' | 'approved' | 'expired' | 'failed' | 'canceled' | 'undeliverable' | 'blocked' | 'unused'
  | 'checks' | 'checks_right' | 'checks_wrong'
  | 'sends' | 'sends_accepted' | 'sends_delivered' | 'sends_undelivered' | 'sends_failed' | 'sends_suppressed' | 'sends_unknown'
  | 'segments' | 'credits' | 'first_checks' | 'allowed';

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
}

/** The meter's door: insert-only deltas in the open transaction of what they count; a job folds them. */
export abstract class UsageMeter {
  abstract count(deltas: readonly UsageDelta[]): Promise<void>;
}
