import * as z from 'zod';
import { country, id, instant, label, milliCredits } from './units';

/** Where a verification is. All but `pending` are final and stay readable. */
export const VERIFICATION_STATUSES = [
  'pending',
  'approved',
  'failed',
  'expired',
  'canceled',
  'undeliverable',
  'blocked',
] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** Why a check was not valid, or why a verification ended without approval. */
export const CHECK_REASONS = [
  'wrong_code',
  'expired',
  'too_many_checks',
  'already_used',
  'canceled',
  'undeliverable',
  'blocked',
  'expired_or_not_found',
] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];

export const VERIFICATION_CHANNELS = ['sms', 'email', 'mobile'] as const;
export type VerificationChannel = (typeof VERIFICATION_CHANNELS)[number];

export const SEND_STATES = [
  'queued',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'suppressed',
  'unknown',
] as const;

/** `sign_in`, `payment`, …: what the code is for. Part of what it is derived from. */
export const purpose = () =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be 1 to 40 lower-case letters, digits and underscores')
    .meta({ description: 'What the code is for; sign_in unless told. A code of one purpose is wrong for another' });

/** A destination as callers write it. */
export const verificationDestination = () =>
  z.string().min(1).max(320).meta({ description: 'A phone number in E.164 (+27821234567) or a mailbox' });

const locale = () =>
  z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag such as en or pt-BR');

const templateName = () => z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be a template id or key');

const variables = () =>
  z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), label(120))
    .refine((all) => Object.keys(all).length <= 10, 'takes at most 10 variables')
    .meta({ description: 'Plain text for the placeholders of the template' });

const metadata = () =>
  z
    .record(z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/), z.string().max(500))
    .refine((all) => Object.keys(all).length <= 20, 'takes at most 20 members')
    .meta({ description: 'Your own notes; returned as they are, never interpreted. Put nothing secret here' });

const workflowStep = z.strictObject({
  channel: z.enum(['sms', 'email']),
  to: verificationDestination()
    .optional()
    .meta({ description: 'Where this step sends to, when it is not the `to` of the start' }),
  timeout_s: z
    .int()
    .min(10)
    .max(600)
    .optional()
    .meta({ description: 'Seconds without approval until the next step; 30 unless told' }),
});

/** Body of a start. */
export const startBody = z.strictObject({
  to: verificationDestination().optional(),
  factor_id: id('fct').optional().meta({ description: 'Instead of `to` for the channel mobile' }),
  channel: z
    .enum(['sms', 'email', 'mobile', 'auto'])
    .optional()
    .meta({ description: 'Follows from `to` unless told. auto takes a workflow of fallbacks' }),
  workflow: z.array(workflowStep).min(1).max(4).optional(),
  purpose: purpose().optional(),
  locale: locale().optional().meta({ description: "BCP 47; the application's unless told" }),
  code: z
    .strictObject({
      length: z.int().min(4).max(10).optional(),
      ttl_s: z.int().min(60).max(3600).optional(),
      max_checks: z.int().min(1).max(10).optional(),
    })
    .optional()
    .meta({ description: "The application's settings unless told" }),
  template: templateName().optional(),
  variables: variables().optional(),
  client: z
    .strictObject({
      ip: z.union([z.ipv4(), z.ipv6()]).optional(),
      user_ref: label(128).optional(),
      user_agent: z.string().max(512).optional(),
    })
    .optional()
    .meta({ description: "Your user's address, reference and browser: limits and the fraud guard count by them" }),
  metadata: metadata().optional(),
});
export type StartBody = z.infer<typeof startBody>;

const send = z.strictObject({
  id: id('msg'),
  channel: z.enum(['sms', 'email']),
  state: z.enum(SEND_STATES),
  provider: z.string().nullable(),
  queued_at: instant(),
});

/** One verification as callers see it. There is never a code in it. */
export const verificationView = z.strictObject({
  id: id('vrf'),
  organization_id: id('org'),
  application_id: id('app'),
  status: z.enum(VERIFICATION_STATUSES),
  reason: z.enum(CHECK_REASONS).nullable(),
  channel: z.enum(VERIFICATION_CHANNELS),
  to: z.string().nullable().meta({ description: 'Masked: +2782***4567 or a***@example.com; null for mobile' }),
  factor_id: id('fct').nullable(),
  purpose: z.string(),
  country: country().nullable(),
  locale: z.string(),
  code_length: z.int(),
  created_at: instant(),
  expires_at: instant(),
  ended_at: instant().nullable(),
  resend_available_at: instant().nullable().meta({ description: 'Null when it cannot be sent again' }),
  checks_remaining: z.int(),
  sends: z.array(send),
  credits: z.strictObject({
    charged: milliCredits().meta({ description: 'Charged so far, less refunds' }),
    held: milliCredits().meta({ description: 'Held for the check until the first one or the end' }),
  }),
  user_ref: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  test: z.boolean(),
});
export type VerificationView = z.infer<typeof verificationView>;

const guardReason = z.strictObject({
  rule: z.string(),
  explanation: z.string(),
  observed: z.number().nullable(),
  allowed: z.number().nullable(),
});

const at = { at: instant() };
const ofMessage = { message_id: id('msg') };

/** What happened, oldest first. */
export const timelineEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('requested'),
    ...at,
    request_id: z.string().nullable(),
    api_key_id: z.string().nullable(),
    client_ip: z.string().nullable(),
    user_ref: z.string().nullable(),
    user_agent: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('guard'),
    ...at,
    outcome: z.enum(['allow', 'block', 'would_block']),
    reasons: z.array(guardReason),
  }),
  z.strictObject({
    kind: z.literal('send'),
    ...at,
    ...ofMessage,
    channel: z.enum(['sms', 'email']),
    to: z.string().nullable(),
    trigger: z.enum(['start', 'resend', 'fallback']),
    state: z.enum(SEND_STATES),
  }),
  z.strictObject({
    kind: z.literal('attempt'),
    ...at,
    ...ofMessage,
    provider: z.string(),
    state: z.enum(SEND_STATES),
    error_class: z.string().nullable(),
    error_code: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('delivered'), ...at, ...ofMessage, provider: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('step_skipped'),
    ...at,
    channel: z.enum(['sms', 'email']),
    code: z.string().meta({ description: 'Why, as an error code: insufficient_credits, quota_exceeded, …' }),
  }),
  z.strictObject({
    kind: z.literal('check'),
    ...at,
    id: id('chk'),
    outcome: z.string(),
    counted: z.boolean().meta({ description: 'Whether it used up one of the checks' }),
    request_id: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('credits'),
    ...at,
    act: z.enum(['charge', 'hold', 'capture', 'release', 'refund']),
    operation: z.string(),
    amount: milliCredits(),
    message_id: id('msg').nullable(),
  }),
  z.strictObject({
    kind: z.literal('ended'),
    ...at,
    status: z.enum(VERIFICATION_STATUSES),
    reason: z.enum(CHECK_REASONS).nullable(),
  }),
]);
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const verificationDetail = z.strictObject({
  ...verificationView.shape,
  timeline: z.array(timelineEntry),
});
export type VerificationDetail = z.infer<typeof verificationDetail>;

export const continuedVerification = z.strictObject({
  ...verificationView.shape,
  resent: z.boolean().meta({ description: 'False inside the cool-down: nothing was sent and nothing charged' }),
});

/** The answer to every check that could be evaluated. */
export const checkResult = z.strictObject({
  id: id('vrf').nullable().meta({ description: 'Null when a check by `to` found no pending verification' }),
  valid: z.boolean(),
  status: z.enum(VERIFICATION_STATUSES).nullable(),
  reason: z.enum(CHECK_REASONS).nullable(),
  checks_remaining: z.int(),
});
export type CheckResult = z.infer<typeof checkResult>;
