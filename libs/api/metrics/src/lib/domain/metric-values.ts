import { METRIC_NAMES, type MetricName, type MetricValue } from '@tollgate/contracts';
import { COUNTERS, type Counter } from '../usage-meter';

export type Counts = Readonly<Record<Counter, number>>;

export const NO_COUNTS: Counts = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<Counter, number>;

export function addCounts(a: Counts, b: Readonly<Partial<Record<Counter, number>>>): Counts {
  return Object.fromEntries(COUNTERS.map((counter) => [counter, a[counter] + (b[counter] ?? 0)])) as Record<
    Counter,
    number
  >;
}

/** What of the counts is of text messages alone, for the metrics that speak of SMS. */
export interface CountsWithSms {
  readonly all: Counts;
  readonly sms: Counts;
}

const count = (value: number): MetricValue => ({ value, numerator: value, denominator: null });

const ratio = (numerator: number, denominator: number, factor: number): MetricValue => ({
  value: denominator === 0 ? null : (factor * numerator) / denominator,
  numerator,
  denominator,
});

/** The metrics from sums. Ratios are of sums, never means of ratios; a zero denominator gives null. */
export function metricValues({ all, sms }: CountsWithSms): Record<MetricName, MetricValue> {
  const smsSent = sms.sends_accepted - sms.sends_undelivered;
  const ended = all.failed + all.expired + all.canceled;
  return {
    generated: count(all.generated),
    validated: count(all.approved),
    verification_rate: ratio(all.approved, all.generated, 100),
    success_rate: ratio(all.checks_right, all.checks, 100),
    unused_rate: ratio(all.unused, all.generated, 100),
    sms_sent: count(smsSent),
    sms_success_rate: ratio(smsSent, sms.sends - sms.sends_suppressed, 100),
    started: count(all.started),
    failed_rate: ratio(ended - all.unused, all.generated, 100),
    sms_delivery_rate: ratio(sms.sends_delivered, sms.sends_delivered + sms.sends_undelivered, 100),
    blocked: count(all.blocked),
    checks: count(all.checks),
    credits: count(all.credits),
    credits_per_approved: ratio(all.credits, all.approved, 1),
  };
}

export function metricValueOf(name: MetricName, counts: CountsWithSms): MetricValue {
  return metricValues(counts)[name];
}

export { METRIC_NAMES };
