import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { country, flag, id, instant } from './units';

/** The seven metrics of the overview, and those that stand beside them. */
export const METRIC_NAMES = [
  'generated',
  'validated',
  'verification_rate',
  'success_rate',
  'unused_rate',
  'sms_sent',
  'sms_success_rate',
  'started',
  'failed_rate',
  'sms_delivery_rate',
  'blocked',
  'checks',
  'credits',
  'credits_per_approved',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** What each metric means, in one sentence: the console's metrics guide and the reference use these words. */
export const METRIC_DEFINITIONS: Readonly<
  Record<MetricName, { title: string; definition: string; unit: 'count' | 'percent' | 'milli_credits' }>
> = {
  generated: {
    title: 'Codes generated',
    definition: 'One-time codes that were made. A resend repeats the code and adds none; blocked starts make none.',
    unit: 'count',
  },
  validated: { title: 'Codes validated', definition: 'Verifications that ended with the right code.', unit: 'count' },
  verification_rate: {
    title: 'Verification rate',
    definition: 'Validated codes ÷ generated codes × 100.',
    unit: 'percent',
  },
  success_rate: {
    title: 'Success rate',
    definition: 'Right codes ÷ all evaluated checks × 100. Refused and repeated calls are not checks.',
    unit: 'percent',
  },
  unused_rate: {
    title: 'Unused rate',
    definition: 'Codes that ended without one check ÷ generated codes × 100.',
    unit: 'percent',
  },
  sms_sent: {
    title: 'SMS sent',
    definition: 'Text messages that a provider accepted and did not report as failed.',
    unit: 'count',
  },
  sms_success_rate: {
    title: 'SMS success',
    definition: 'SMS sent ÷ all SMS attempts × 100. Messages stopped before any provider are not attempts.',
    unit: 'percent',
  },
  started: { title: 'Started', definition: 'Verifications that were started.', unit: 'count' },
  failed_rate: {
    title: 'Failed rate',
    definition: 'Verifications that were tried and never right ÷ generated codes × 100.',
    unit: 'percent',
  },
  sms_delivery_rate: {
    title: 'SMS delivered',
    definition: 'Reported as delivered ÷ all with a delivery report × 100.',
    unit: 'percent',
  },
  blocked: { title: 'Blocked', definition: 'Starts that the fraud guard blocked; never billed.', unit: 'count' },
  checks: { title: 'Checks', definition: 'Codes that were evaluated.', unit: 'count' },
  credits: { title: 'Credits used', definition: 'Charges less refunds.', unit: 'milli_credits' },
  credits_per_approved: {
    title: 'Credits per success',
    definition: 'Credits used ÷ validated codes.',
    unit: 'milli_credits',
  },
};

const range = {
  from: instant().meta({ description: 'Inclusive' }),
  to: instant().meta({ description: 'Exclusive; at most 400 days after from' }),
  time_zone: z.string().max(64).optional().meta({ description: "IANA name; the organization's unless told" }),
  application_id: id('app').optional(),
  channel: z.enum(['sms', 'email', 'mobile']).optional(),
  country: country().optional(),
  test: flag().optional(),
  view: z.enum(['cohort', 'event']).optional().meta({
    description:
      'cohort (unless told): by when the verification started, for ratios. event: by when it happened, for counts and bills.',
  }),
};

/** A ratio is computed from sums; with a zero denominator its value is null, never 0 or 100. */
export const metricValue = z.strictObject({
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable().meta({ description: 'null for a plain count' }),
});
export type MetricValue = z.infer<typeof metricValue>;

const values = z.strictObject(
  Object.fromEntries(METRIC_NAMES.map((name) => [name, metricValue])) as Record<MetricName, typeof metricValue>,
);

const latency = z.strictObject({
  count: z.int(),
  p50_ms: z.int().nullable(),
  p95_ms: z.int().nullable(),
  p99_ms: z.int().nullable(),
});

export const metricsSummary = endpoint({
  id: 'metrics.summary',
  method: 'GET',
  path: '/v1/metrics/summary',
  access: 'metrics:read',
  tag: 'Metrics',
  summary: 'The metrics of a range, and of the one before it',
  query: z.strictObject(range),
  responses: {
    200: z.strictObject({
      from: instant(),
      to: instant(),
      time_zone: z.string(),
      view: z.enum(['cohort', 'event']),
      metrics: values,
      previous: values,
      delivery_latency: latency,
      approval_latency: latency,
      provisional: z.boolean().meta({ description: 'Some verifications of the range may still change' }),
    }),
  },
  errors: ['range_invalid', 'time_zone_invalid'],
});

export const metricsTimeseries = endpoint({
  id: 'metrics.timeseries',
  method: 'GET',
  path: '/v1/metrics/timeseries',
  access: 'metrics:read',
  tag: 'Metrics',
  summary: 'One metric over time',
  description:
    'Half-open intervals in the time zone, empty ones included. A day with a change of clocks has 23 or 25 hours.',
  query: z.strictObject({
    ...range,
    metric: z.enum(METRIC_NAMES),
    bucket: z.enum(['quarter_hour', 'hour', 'day', 'week', 'month']),
    group_by: z.enum(['channel', 'country', 'application', 'provider']).optional(),
  }),
  responses: {
    200: z.strictObject({
      metric: z.enum(METRIC_NAMES),
      time_zone: z.string(),
      series: z.array(
        z.strictObject({
          group: z.string().nullable(),
          points: z.array(metricValue.extend({ start: instant(), end: instant(), provisional: z.boolean() })),
        }),
      ),
    }),
  },
  errors: ['range_invalid', 'time_zone_invalid'],
});

export const metricsFunnel = endpoint({
  id: 'metrics.funnel',
  method: 'GET',
  path: '/v1/metrics/funnel',
  access: 'metrics:read',
  tag: 'Metrics',
  summary: 'From requested to approved, step by step',
  description:
    'By verification. Accepted and delivered are counted by message and capped at the step before, since a resend adds a message and no verification.',
  query: z.strictObject(range),
  responses: {
    200: z.strictObject({
      steps: z.array(
        z.strictObject({
          name: z.enum(['requested', 'allowed', 'accepted', 'delivered', 'checked', 'approved']),
          count: z.int(),
        }),
      ),
    }),
  },
  errors: ['range_invalid', 'time_zone_invalid'],
});

export const metricsBreakdown = endpoint({
  id: 'metrics.breakdown',
  method: 'GET',
  path: '/v1/metrics/breakdown',
  access: 'metrics:read',
  tag: 'Metrics',
  summary: 'The metrics by channel, country, provider, application or organization',
  query: z.strictObject({ ...range, by: z.enum(['channel', 'country', 'provider', 'application', 'organization']) }),
  responses: {
    200: z.strictObject({ rows: z.array(z.strictObject({ group: z.string(), label: z.string(), metrics: values })) }),
  },
  errors: ['range_invalid', 'time_zone_invalid'],
});

export const metricsEndpoints: readonly EndpointDeclaration[] = [
  metricsSummary,
  metricsTimeseries,
  metricsFunnel,
  metricsBreakdown,
];
