import type { CheckReason, VerificationStatus } from '@tollgate/contracts';

/** What a check has to know of a verification. */
export interface CheckSubject {
  readonly status: VerificationStatus;
  readonly expiresAt: number;
  readonly checkCount: number;
  readonly maxChecks: number;
}

/** `wrong` says why a code that was looked at is not accepted. */
export type Evidence = 'right' | 'wrong_code' | 'already_used';

export type Verdict =
  /** It has ended, or its time has: nothing is counted. `overdue` = the row still says pending. */
  | { readonly kind: 'ended'; readonly reason: CheckReason; readonly overdue: boolean }
  /** It uses up one check and moves the row from `checkCount` checks to one more, if nobody else did meanwhile. */
  | {
      readonly kind: 'counted';
      readonly valid: boolean;
      readonly status: 'pending' | 'approved' | 'failed';
      readonly reason: CheckReason | null;
      readonly outcome: 'approved' | 'wrong_code' | 'already_used';
    };

const REASON_OF: Readonly<Record<Exclude<VerificationStatus, 'pending'>, CheckReason>> = {
  approved: 'already_used',
  failed: 'too_many_checks',
  expired: 'expired',
  canceled: 'canceled',
  undeliverable: 'undeliverable',
  blocked: 'blocked',
};

/** Why a verification that has ended did so, as its view says it. */
export function reasonOf(status: VerificationStatus): CheckReason | null {
  return status === 'pending' || status === 'approved' ? null : REASON_OF[status];
}

/** The table of section 2.4 for a well-formed code. Decides nothing by itself: the guarded UPDATE does. */
export function judge(subject: CheckSubject, evidence: Evidence, atMs: number): Verdict {
  if (subject.status !== 'pending') return { kind: 'ended', reason: REASON_OF[subject.status], overdue: false };
  if (subject.expiresAt <= atMs) return { kind: 'ended', reason: 'expired', overdue: true };
  if (evidence === 'right') {
    return { kind: 'counted', valid: true, status: 'approved', reason: null, outcome: 'approved' };
  }
  const last = subject.checkCount + 1 >= subject.maxChecks;
  return {
    kind: 'counted',
    valid: false,
    status: last ? 'failed' : 'pending',
    reason: last ? 'too_many_checks' : evidence,
    outcome: evidence,
  };
}
