import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { httpProviderSettings } from './http-provider';
import { country, flag, id, instant, label, listQuery, page } from './units';

export { httpProviderSettings, type HttpProviderSettings } from './http-provider';

/** `test` delivers the messages of test keys and is not set up by anybody. */
export const PROVIDER_KINDS = ['twilio', 'sendgrid', 'smtp', 'fast2sms', 'http', 'carrier_email', 'outbox'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

export const MESSAGE_CHANNELS = ['sms', 'email'] as const;

const baseUrl = () =>
  z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({ description: 'Instead of the vendor’s address; refused in production unless the installation allows it' });
const mailbox = () => z.email().max(254);
const host = () =>
  z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'must be a host name or address');

/** Who messages to a country come from. The entry without a country serves all the others. */
export const senderIdentity = z.strictObject({
  country: country().optional(),
  from: z
    .string()
    .regex(
      /^(?:\+[1-9]\d{6,14}|[A-Za-z0-9][A-Za-z0-9 &._-]{0,10}|\d{3,8})$/,
      'must be an E.164 number, a short code or up to 11 letters and digits',
    )
    .optional()
    .meta({ description: 'Number, short code or alphanumeric sender id' }),
  messaging_service_sid: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/)
    .optional()
    .meta({ description: 'Twilio: a pool of senders' }),
  dlt_entity_id: z
    .string()
    .regex(/^\d{10,25}$/)
    .optional()
    .meta({ description: 'India: principal entity id of the DLT register' }),
  dlt_template_id: z
    .string()
    .regex(/^\d{5,25}$/)
    .optional()
    .meta({ description: 'India: for texts that name none themselves' }),
});
const senders = () => z.array(senderIdentity).max(250);

export const PROVIDER_SETTINGS = {
  twilio: z.strictObject({
    account_sid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits'),
    api_key_sid: z
      .string()
      .regex(/^SK[0-9a-fA-F]{32}$/)
      .optional()
      .meta({ description: 'Sign in with an API key; the auth token still checks callbacks' }),
    senders: senders(),
    base_url: baseUrl().optional(),
  }),
  sendgrid: z.strictObject({
    from_email: mailbox(),
    from_name: label(80).optional(),
    region: z.enum(['global', 'eu']).optional(),
    webhook_public_key: z
      .string()
      .min(80)
      .max(400)
      .optional()
      .meta({ description: 'Base64 key of signed event webhooks; without it callbacks are refused' }),
    base_url: baseUrl().optional(),
  }),
  smtp: z.strictObject({
    host: host(),
    port: z.int().min(1).max(65_535),
    security: z
      .enum(['tls', 'starttls', 'none'])
      .meta({ description: 'tls from the first byte, STARTTLS demanded, or none (loopback relays)' }),
    username: z.string().min(1).max(254).optional(),
    from_email: mailbox(),
    from_name: label(80).optional(),
    max_connections: z.int().min(1).max(50).optional(),
  }),
  fast2sms: z.strictObject({
    route: z.enum(['otp', 'dlt', 'dlt_manual', 'q']),
    senders: senders(),
    base_url: baseUrl().optional(),
  }),
  http: httpProviderSettings,
  carrier_email: z.strictObject({
    via_provider_id: id('prv').meta({ description: 'The e-mail provider that carries it' }),
    default_carrier: z
      .string()
      .regex(/^[a-z0-9_]{2,40}$/)
      .optional()
      .meta({ description: 'When the message has no variable `carrier`' }),
  }),
  outbox: z.strictObject({}),
} as const satisfies Record<ProviderKind, z.ZodType>;

/** The secrets of each kind. A generic HTTP provider names its own. */
export const PROVIDER_CREDENTIALS: Readonly<Record<ProviderKind, readonly string[]>> = {
  twilio: ['auth_token', 'previous_auth_token', 'api_key_secret'],
  sendgrid: ['api_key'],
  smtp: ['password'],
  fast2sms: ['api_key'],
  http: [],
  carrier_email: [],
  outbox: [],
};

const credentialName = () => z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const credentialValue = () => z.string().min(1).max(4_000);
const priority = () => z.int().min(1).max(1_000).meta({ description: 'Lower goes first' });
const weight = () =>
  z.int().min(0).max(1_000).meta({ description: 'Share among providers of equal priority; 0 only when no other can' });
const countries = () => z.array(country()).min(1).max(250).nullable().meta({ description: 'null = every country' });
const channels = () => z.array(z.enum(MESSAGE_CHANNELS)).min(1).max(2);

export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;

export const providerView = z.strictObject({
  id: id('prv'),
  kind: z.enum(PROVIDER_KINDS),
  name: z.string(),
  channels: channels(),
  countries: countries(),
  priority: priority(),
  weight: weight(),
  enabled: z.boolean(),
  deprecated: z.boolean(),
  notice: z.string().nullable().meta({ description: 'What staff should know before they rely on it' }),
  settings: z.record(z.string(), z.unknown()),
  credentials: z
    .array(z.strictObject({ name: z.string(), hint: z.string(), set_at: instant() }))
    .meta({ description: 'What is set, masked. Values never come back' }),
  callback_url: z
    .string()
    .nullable()
    .meta({ description: 'Where the vendor reports to; only for who may change providers' }),
  created_at: instant(),
  updated_at: instant(),
});
export type ProviderView = z.infer<typeof providerView>;

export const listProviders = endpoint({
  id: 'providers.list',
  method: 'GET',
  path: '/v1/providers',
  access: 'providers:read',
  summary: 'List delivery providers',
  tag: 'Providers',
  query: listQuery(['priority', '-priority', 'name', '-name', 'created_at', '-created_at'], {
    kind: z.enum(PROVIDER_KINDS).optional(),
    channel: z.enum(MESSAGE_CHANNELS).optional(),
    enabled: flag().optional(),
  }),
  responses: { 200: page(providerView) },
});

export const getProvider = endpoint({
  id: 'providers.get',
  method: 'GET',
  path: '/v1/providers/:id',
  access: 'providers:read',
  summary: 'Read a delivery provider',
  tag: 'Providers',
  params: z.strictObject({ id: id('prv') }),
  responses: { 200: providerView },
});

export const createProvider = endpoint({
  id: 'providers.create',
  method: 'POST',
  path: '/v1/providers',
  access: 'providers:write',
  summary: 'Set up a delivery provider',
  description:
    'Settings are those of the kind. Credentials are encrypted and can only be replaced. Disabled until told.',
  tag: 'Providers',
  stepUp: true,
  body: z.strictObject({
    kind: z.enum(PROVIDER_KINDS),
    name: label(80),
    channels: channels().optional(),
    countries: countries().optional(),
    priority: priority().optional(),
    weight: weight().optional(),
    enabled: z.boolean().optional(),
    settings: z.record(z.string(), z.unknown()),
    credentials: z.record(credentialName(), credentialValue()).optional(),
  }),
  responses: { 201: providerView },
  errors: ['provider_settings_invalid', 'address_refused'],
});

export const updateProvider = endpoint({
  id: 'providers.update',
  method: 'PATCH',
  path: '/v1/providers/:id',
  access: 'providers:write',
  summary: 'Change a delivery provider',
  description: 'Settings are replaced as a whole; credentials one by one, null removes one.',
  tag: 'Providers',
  stepUp: true,
  params: z.strictObject({ id: id('prv') }),
  body: z.strictObject({
    name: label(80).optional(),
    channels: channels().optional(),
    countries: countries().optional(),
    priority: priority().optional(),
    weight: weight().optional(),
    enabled: z.boolean().optional(),
    settings: z.record(z.string(), z.unknown()).optional(),
    credentials: z.record(credentialName(), credentialValue().nullable()).optional(),
    rotate_callback_token: z
      .boolean()
      .optional()
      .meta({ description: 'A new callback address; the old one works for 24 hours' }),
  }),
  responses: { 200: providerView },
  errors: ['provider_settings_invalid', 'address_refused'],
});

export const deleteProvider = endpoint({
  id: 'providers.delete',
  method: 'DELETE',
  path: '/v1/providers/:id',
  access: 'providers:write',
  summary: 'Remove a delivery provider',
  tag: 'Providers',
  stepUp: true,
  params: z.strictObject({ id: id('prv') }),
  responses: { 204: null },
  errors: ['provider_in_use'],
});

export const testSendResult = z.strictObject({
  request: z.strictObject({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  result: z
    .strictObject({
      outcome: z.enum(['accepted', 'refused', 'unknown']),
      error_class: z.string().nullable(),
      error_code: z.string().nullable(),
      provider_message_id: z.string().nullable(),
      segments: z.int().nullable(),
      latency_ms: z.int(),
    })
    .nullable()
    .meta({ description: 'null for a dry run' }),
});
export type TestSendResult = z.infer<typeof testSendResult>;

export const testSendProvider = endpoint({
  id: 'providers.test_send',
  method: 'POST',
  path: '/v1/providers/:id/test-send',
  access: 'providers:write',
  summary: 'Show the request that a provider would send, and send it',
  description: 'Secrets and the sample code are masked in the answer.',
  tag: 'Providers',
  params: z.strictObject({ id: id('prv') }),
  body: z.strictObject({
    to: z.string().min(3).max(254).meta({ description: 'E.164 number or mailbox, as the provider’s channel wants it' }),
    dry_run: z.boolean().optional().meta({ description: 'Only show the request' }),
    locale: z.string().min(2).max(35).optional(),
    variables: z.record(credentialName(), z.string().max(200)).optional(),
  }),
  responses: { 200: testSendResult },
  errors: ['invalid_destination', 'provider_settings_invalid'],
});

const window = z.strictObject({
  minutes: z.int(),
  attempts: z.int(),
  accepted: z.int(),
  refused: z.int(),
  unknown: z.int(),
  success_rate: z.number().nullable().meta({
    description:
      'Accepted ÷ finished attempts, without those that were the destination’s fault; null when there were none',
  }),
  latency_ms: z.strictObject({ p50: z.int().nullable(), p95: z.int().nullable() }),
  error_classes: z.record(z.string(), z.int()),
});

export const providerHealthView = z.strictObject({
  provider_id: id('prv'),
  state: z.enum(['healthy', 'degraded', 'down', 'idle', 'disabled']),
  windows: z.array(window),
  circuits: z
    .array(
      z.strictObject({
        country: country().nullable(),
        state: z.enum(CIRCUIT_STATES),
        opened_at: instant().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .meta({ description: 'Those that are not closed' }),
  last_accepted_at: instant().nullable(),
  last_error: z
    .strictObject({ at: instant(), error_class: z.string().nullable(), error_code: z.string().nullable() })
    .nullable(),
});
export type ProviderHealthView = z.infer<typeof providerHealthView>;

export const getProviderHealth = endpoint({
  id: 'providers.health',
  method: 'GET',
  path: '/v1/providers/:id/health',
  access: 'providers:read',
  summary: 'How well a provider delivers just now',
  tag: 'Providers',
  params: z.strictObject({ id: id('prv') }),
  responses: { 200: providerHealthView },
});

export const providersEndpoints: readonly EndpointDeclaration[] = [
  listProviders,
  getProvider,
  createProvider,
  updateProvider,
  deleteProvider,
  testSendProvider,
  getProviderHealth,
];
