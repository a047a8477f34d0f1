import type { Counter, UsageDelta } from '@tollgate/api/metrics';
import type { StoredSendState } from './persistence/verification-parts.entity';
import type { Verification } from './persistence/verification.entity';

type Counts = Partial<Record<Counter, number>>;
type Cohort = Pick<
  Verification,
  'organizationId' | 'applicationId' | 'test' | 'channel' | 'country' | 'createdAt' | 'id'
>;

/** A delta of the verification itself: by the channel and country it started with. */
export function usageOf(
  row: Cohort,
  at: number,
  counts: Counts,
  rest: Pick<UsageDelta, 'latency'> & {
    readonly action?: 'authentication' | 'verification';
    readonly result?: 'success' | 'unused' | 'failed';
    readonly channel?: 'sms' | 'email';
    readonly country?: string | null;
    readonly provider?: string | null;
  } = {},
): UsageDelta {
  const { action, result, latency } = rest;
  return {
    organizationId: row.organizationId,
    applicationId: row.applicationId,
    test: row.test,
    channel: rest.channel ?? row.channel,
    country: rest.country === undefined ? row.country : rest.country,
    provider: rest.provider ?? null,
    cohortAt: row.createdAt,
    at,
    counts,
    ...(latency === undefined ? {} : { latency }),
    ...(action === undefined || result === undefined ? {} : { activity: { action, result, verificationId: row.id } }),
  };
}

/** What a send counts for, by how far it came and whether a provider ever took it. */
export function sendCounts(state: StoredSendState, accepted: boolean): Counts {
  switch (state) {
    case 'queued':
      return {};
    case 'accepted':
    case 'sent':
      return { sends_accepted: 1 };
    case 'delivered':
      return { sends_accepted: 1, sends_delivered: 1 };
    case 'undelivered':
      return { sends_accepted: 1, sends_undelivered: 1 };
    case 'failed':
      return accepted ? { sends_accepted: 1, sends_undelivered: 1 } : { sends_failed: 1 };
    case 'suppressed':
      return { sends_suppressed: 1 };
    case 'unknown':
      return { sends_unknown: 1 };
  }
}

/** What to add so that the counters of a send follow it, whichever way its reports came. Empty = nothing. */
export function countsBetween(before: Counts, after: Counts): Counts {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as Counter[];
  const moved = names.map((name): [Counter, number] => [name, (after[name] ?? 0) - (before[name] ?? 0)]);
  return Object.fromEntries(moved.filter(([, by]) => by !== 0));
}
