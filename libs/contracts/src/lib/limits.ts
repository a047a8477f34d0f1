import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { country, flag, id, instant, label, listQuery, page } from './units';

/** What a limit counts by. */
export const LIMIT_POLICIES = [
  'application',
  'client_ip',
  'client_network',
  'user_ref',
  'prefix',
  'country',
  'destination_short',
  'destination_long',
  'wrong_checks',
  'wrong_checks_lock',
] as const;
export type LimitPolicy = (typeof LIMIT_POLICIES)[number];

export const LIMIT_CHANNELS = ['any', 'sms', 'email', 'mobile'] as const;

const quota = () => z.int().min(1).max(10_000_000);
const windowSeconds = () => z.int().min(1).max(2_592_000).meta({ description: 'Seconds' });

export const limitRuleView = z.strictObject({
  id: id('lim'),
  policy: z.enum(LIMIT_POLICIES),
  channel: z.enum(LIMIT_CHANNELS).meta({ description: 'A rule of a channel holds instead of the one for any' }),
  description: z.string(),
  quota: quota(),
  window_s: windowSeconds(),
  enabled: z.boolean(),
  updated_at: instant(),
  updated_by: z.string(),
});
export type LimitRuleView = z.infer<typeof limitRuleView>;

export const limitsView = z.strictObject({
  version: z.int().meta({ description: 'Send it back with a change; another’s change in between is version_conflict' }),
  rules: z.array(limitRuleView),
});
export type LimitsView = z.infer<typeof limitsView>;

const limitChange = z.strictObject({
  policy: z.enum(LIMIT_POLICIES),
  channel: z.enum(LIMIT_CHANNELS).optional().meta({ description: 'any unless told' }),
  quota: quota().optional(),
  window_s: windowSeconds().optional(),
  enabled: z.boolean().optional(),
});
export type LimitChange = z.infer<typeof limitChange>;

export const getLimits = endpoint({
  id: 'limits.get',
  method: 'GET',
  path: '/v1/limits',
  access: 'limits:read',
  summary: 'Read the rate limits',
  tag: 'Limits',
  responses: { 200: limitsView },
});

export const changeLimits = endpoint({
  id: 'limits.change',
  method: 'PATCH',
  path: '/v1/limits',
  access: 'limits:write',
  summary: 'Change rate limits',
  description: 'In force in every process within a second, without a restart.',
  tag: 'Limits',
  body: z.strictObject({
    version: z.int().min(0).optional(),
    rules: z.array(limitChange).min(1).max(50),
    reason: label(500).optional(),
  }),
  responses: { 200: limitsView },
  errors: ['version_conflict'],
});

const policyEffect = z.strictObject({
  policy: z.string(),
  would_refuse: z.int(),
  refused_now: z.int().meta({ description: 'By the rules in force, over the same requests' }),
});

export const previewReport = z.strictObject({
  from: instant(),
  to: instant(),
  considered: z.int().meta({ description: 'Real starts of the last 7 days' }),
  truncated: z.boolean().meta({ description: 'True when there were more than the newest 200,000' }),
  would_refuse: z.int(),
  refused_now: z.int().meta({ description: 'The rules in force over the same requests' }),
  would_refuse_approved: z.int().meta({ description: 'Of them, starts that ended with the right code' }),
  by_policy: z.array(policyEffect),
  organizations: z
    .array(z.strictObject({ organization_id: id('org'), would_refuse: z.int(), considered: z.int() }))
    .meta({ description: 'The ten that would feel it most' }),
});
export type PreviewReport = z.infer<typeof previewReport>;

export const previewLimits = endpoint({
  id: 'limits.preview',
  method: 'POST',
  path: '/v1/limits/preview',
  access: 'limits:read',
  summary: 'How many real requests would a change have refused?',
  tag: 'Limits',
  body: z.strictObject({ rules: z.array(limitChange).min(1).max(50) }),
  responses: { 200: previewReport },
});

export const FRAUD_RULES = [
  'unverified_ip',
  'unverified_prefix',
  'unverified_country_hour',
  'unverified_country_day',
  'unverified_country_week',
  'countries_per_ip',
] as const;
export type FraudRuleName = (typeof FRAUD_RULES)[number];
export const FRAUD_RULE_MODES = ['enforce', 'record', 'off'] as const;

const ratio = () => z.number().min(0).max(10);

/** The numbers of a budget: allowed = max(floor, of_peak × best day, of_recent × verified in the window). */
export const fraudParameters = z.strictObject({
  floor: z.int().min(0).max(1_000_000).meta({ description: 'Unverified starts that are always allowed' }),
  of_peak: ratio().meta({ description: 'Share of the verified starts of the best of the last 14 days' }),
  of_recent: ratio().meta({ description: 'Share of the verified starts within the window' }),
  in_flight: z
    .int()
    .min(0)
    .max(1_000_000)
    .meta({ description: 'Starts of the last 2 minutes that are not held against it' }),
});
export type FraudParameters = z.infer<typeof fraudParameters>;

export const fraudRuleView = z.strictObject({
  id: id('frl'),
  rule: z.enum(FRAUD_RULES),
  description: z.string(),
  mode: z.enum(FRAUD_RULE_MODES).meta({ description: 'record: decide and let pass' }),
  parameters: fraudParameters,
  updated_at: instant(),
  updated_by: z.string(),
});

const allowPrefix = () => z.string().regex(/^\+[1-9][0-9]{0,13}$/, 'must be the beginning of an E.164 number: +2782');
export const fraudAllowList = z.strictObject({
  networks: z.array(z.string().min(2).max(64)).max(500).meta({ description: 'Addresses and CIDR ranges' }),
  countries: z.array(country()).max(250),
  prefixes: z.array(allowPrefix()).max(500).meta({ description: 'At most a number less its last four digits' }),
});

export const fraudRulesView = z.strictObject({
  version: z.int(),
  rules: z.array(fraudRuleView),
  allow: fraudAllowList.meta({ description: 'The guard lets these pass; limits hold for them too' }),
});
export type FraudRulesView = z.infer<typeof fraudRulesView>;

const fraudRuleChange = z.strictObject({
  rule: z.enum(FRAUD_RULES),
  mode: z.enum(FRAUD_RULE_MODES).optional(),
  parameters: fraudParameters.partial().optional(),
});
export type FraudRuleChange = z.infer<typeof fraudRuleChange>;

export const getFraudRules = endpoint({
  id: 'fraud_rules.get',
  method: 'GET',
  path: '/v1/fraud-rules',
  access: 'limits:read',
  summary: 'Read the fraud rules',
  tag: 'Limits',
  responses: { 200: fraudRulesView },
});

export const changeFraudRules = endpoint({
  id: 'fraud_rules.change',
  method: 'PATCH',
  path: '/v1/fraud-rules',
  access: 'limits:write',
  summary: 'Change the fraud rules',
  description: 'In force in every process within a second.',
  tag: 'Limits',
  body: z.strictObject({
    version: z.int().min(0).optional(),
    rules: z.array(fraudRuleChange).max(20).optional(),
    allow: fraudAllowList
      .partial()
      .optional()
      .meta({ description: 'A list given here takes the place of the old one' }),
    reason: label(500).optional(),
  }),
  responses: { 200: fraudRulesView },
  errors: ['version_conflict', 'invalid_address_range'],
});

export const previewFraudRules = endpoint({
  id: 'fraud_rules.preview',
  method: 'POST',
  path: '/v1/fraud-rules/preview',
  access: 'limits:read',
  summary: 'How many real starts would a change have blocked?',
  tag: 'Limits',
  body: z.strictObject({
    rules: z.array(fraudRuleChange).max(20).optional(),
    allow: fraudAllowList.partial().optional(),
  }),
  responses: { 200: previewReport },
  errors: ['invalid_address_range'],
});

export const REFUSAL_OUTCOMES = ['refused', 'blocked', 'would_block'] as const;

export const refusalView = z.strictObject({
  id: id('ref'),
  request_id: z.string(),
  organization_id: id('org'),
  application_id: id('app'),
  test: z.boolean(),
  at: instant(),
  outcome: z.enum(REFUSAL_OUTCOMES).meta({ description: 'would_block: the guard only records, so it passed' }),
  code: z.string().meta({ description: 'The code of the problem' }),
  policy: z.string().nullable().meta({ description: 'The limit or rule that decided' }),
  reasons: z
    .array(
      z.strictObject({
        rule: z.string(),
        explanation: z.string(),
        observed: z.number().nullable(),
        allowed: z.number().nullable(),
      }),
    )
    .meta({ description: 'What was counted and what is allowed' }),
  channel: z.string(),
  destination: z.string().nullable().meta({ description: 'Masked' }),
  country: country().nullable(),
  client_ip: z.string().nullable().meta({ description: 'As the application gave it' }),
  retry_after: z.int().nullable(),
});
export type RefusalView = z.infer<typeof refusalView>;

export const listRefusals = endpoint({
  id: 'refusals.list',
  method: 'GET',
  path: '/v1/refusals',
  access: 'refusals:read',
  summary: 'List refused requests',
  tag: 'Limits',
  query: listQuery(['-at', 'at'], {
    application_id: id('app').optional(),
    code: z
      .string()
      .regex(/^[a-z_]+$/)
      .max(64)
      .optional(),
    policy: z
      .string()
      .regex(/^[a-z_]+$/)
      .max(64)
      .optional(),
    outcome: z.enum(REFUSAL_OUTCOMES).optional(),
    country: country().optional(),
    test: flag().optional(),
    from: instant().optional(),
    to: instant().optional().meta({ description: 'Exclusive' }),
  }),
  responses: { 200: page(refusalView) },
  errors: ['range_invalid'],
});

export const getRefusal = endpoint({
  id: 'refusals.get',
  method: 'GET',
  path: '/v1/refusals/:request_id',
  access: 'refusals:read',
  summary: 'Why was this request refused?',
  tag: 'Limits',
  params: z.strictObject({ request_id: z.string().min(1).max(64) }),
  responses: { 200: refusalView },
});

export const SUPPRESSION_REASONS = ['opted_out', 'permanent_failure', 'complaint', 'manual'] as const;

export const suppressionView = z.strictObject({
  id: id('sup'),
  organization_id: id('org'),
  channel: z.enum(['sms', 'email']),
  destination: z.string().nullable().meta({ description: 'Masked; null when only its hash is known' }),
  reason: z.enum(SUPPRESSION_REASONS),
  note: z.string().nullable(),
  until: instant().nullable().meta({ description: 'null = until removed' }),
  created_at: instant(),
  created_by: z.string(),
});
export type SuppressionView = z.infer<typeof suppressionView>;

export const listSuppressions = endpoint({
  id: 'suppressions.list',
  method: 'GET',
  path: '/v1/suppressions',
  access: 'messages:read',
  summary: 'List suppressed destinations',
  tag: 'Limits',
  query: listQuery(['-created_at', 'created_at'], {
    channel: z.enum(['sms', 'email']).optional(),
    reason: z.enum(SUPPRESSION_REASONS).optional(),
    to: z.string().min(3).max(254).optional().meta({ description: 'Exact number or mailbox' }),
  }),
  responses: { 200: page(suppressionView) },
});

export const addSuppression = endpoint({
  id: 'suppressions.add',
  method: 'POST',
  path: '/v1/suppressions',
  access: 'messages:write',
  summary: 'Stop sending to a destination',
  description: 'Of the organization of the caller; staff of the platform name one with Tollgate-Organization.',
  tag: 'Limits',
  body: z.strictObject({
    channel: z.enum(['sms', 'email']),
    to: z.string().min(3).max(254).meta({ description: 'Number (E.164) or mailbox' }),
    until: instant().optional(),
    note: label(200).optional(),
  }),
  responses: { 201: suppressionView },
  errors: ['invalid_destination', 'organization_required', 'range_invalid'],
});

export const removeSuppression = endpoint({
  id: 'suppressions.remove',
  method: 'DELETE',
  path: '/v1/suppressions/:id',
  access: 'messages:write',
  summary: 'Send to a destination again',
  tag: 'Limits',
  params: z.strictObject({ id: id('sup') }),
  responses: { 204: null },
});

export const guessLockView = z.strictObject({
  id: id('gls'),
  organization_id: id('org'),
  application_id: id('app'),
  test: z.boolean(),
  state: z.enum(['slowed', 'locked']),
  wrong_checks: z.int().meta({ description: 'Consecutive wrong codes' }),
  blocked_until: instant().nullable().meta({ description: 'null = until unlocked' }),
  last_wrong_at: instant(),
});
export type GuessLockView = z.infer<typeof guessLockView>;

export const listGuessLocks = endpoint({
  id: 'guess_locks.list',
  method: 'GET',
  path: '/v1/guess-locks',
  access: 'refusals:read',
  summary: 'List destinations with too many wrong codes',
  tag: 'Limits',
  query: listQuery(['-last_wrong_at', 'last_wrong_at'], {
    application_id: id('app').optional(),
    state: z.enum(['slowed', 'locked']).optional(),
    to: z.string().min(3).max(254).optional().meta({ description: 'Exact number or mailbox' }),
    test: flag().optional(),
  }),
  responses: { 200: page(guessLockView) },
});

export const releaseGuessLock = endpoint({
  id: 'guess_locks.release',
  method: 'POST',
  path: '/v1/guess-locks/:id/release',
  access: 'limits:write',
  summary: 'Let a destination guess again',
  description: 'After the person was identified by other means.',
  tag: 'Limits',
  params: z.strictObject({ id: id('gls') }),
  body: z.strictObject({ reason: label(500) }),
  responses: { 204: null },
  stepUp: true,
});

export const limitsEndpoints: readonly EndpointDeclaration[] = [
  getLimits,
  changeLimits,
  previewLimits,
  getFraudRules,
  changeFraudRules,
  previewFraudRules,
  listRefusals,
  getRefusal,
  listSuppressions,
  addSuppression,
  removeSuppression,
  listGuessLocks,
  releaseGuessLock,
];
