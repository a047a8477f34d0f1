import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { localeTag } from './organizations';
import { country, id, instant, label, listQuery, milliCredits, page } from './units';

export const APPLICATION_STATUSES = ['active', 'disabled'] as const;
export const ADDRESS_MODES = ['any', 'listed'] as const;
export const FRAUD_GUARD_MODES = ['enforce', 'record', 'off'] as const;

/** Addresses and CIDR ranges as somebody types them; the answer carries them normalized. */
export const addressRanges = () =>
  z.array(z.string().min(1).max(64)).max(200).meta({ description: 'IPv4 and IPv6 addresses and CIDR ranges' });

const confirmAnyRange = () =>
  z.boolean().meta({ description: 'Must be true when a range of every address (/0) is among the ranges' });

/** An origin: `https://shop.example`, or `http://localhost:4200` while developing. */
const origin = () =>
  z
    .string()
    .max(300)
    .regex(/^(https:\/\/[a-z0-9.-]+(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?)$/, {
      message: 'must be https://host, or http://localhost while developing, without a path',
    });

const baseUrl = () => z.url({ protocol: /^https?$/ }).max(500);

const siteKey = () =>
  z
    .string()
    .min(2)
    .max(64)
    .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, 'takes lower-case letters, digits, and . _ - between them');

export const applicationCode = z.strictObject({
  length: z.int().min(4).max(10).meta({ description: 'Digits of a code' }),
  ttl_s: z.int().min(60).max(3600).meta({ description: 'Seconds until a code expires' }),
  max_checks: z.int().min(1).max(10).meta({ description: 'Wrong codes until a verification fails' }),
});

export const applicationSettings = z.strictObject({
  code: applicationCode,
  templates: z
    .strictObject({ sms: z.string().max(64).optional(), email: z.string().max(64).optional() })
    .meta({ description: 'Template id or key by channel; left out = the built-in one' }),
  allowed_countries: z
    .array(country())
    .min(1)
    .max(250)
    .nullable()
    .meta({ description: 'ISO 3166-1 alpha-2. null = every country' }),
  daily_spend_cap: milliCredits()
    .min(0)
    .nullable()
    .meta({ description: 'Milli-credits a UTC day that live keys may spend. null = no cap' }),
  fraud_guard: z.enum(FRAUD_GUARD_MODES).meta({ description: 'record: decide and let pass' }),
  web_domain: z
    .string()
    .max(253)
    .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a host name')
    .nullable()
    .meta({ description: 'Host of the origin-bound last line of an SMS and of the OTP-Token header' }),
  android_hash: z
    .string()
    .regex(/^[A-Za-z0-9+/]{11}$/, 'must be the 11 characters of the SMS Retriever hash')
    .nullable()
    .meta({ description: 'Hash of Android’s SMS Retriever' }),
  locale: localeTag(),
});

export const applicationView = z.strictObject({
  id: id('app'),
  organization_id: id('org'),
  name: z.string(),
  status: z.enum(APPLICATION_STATUSES),
  site_key: z.string(),
  base_url: z.string().nullable(),
  allowed_origins: z.array(z.string()),
  address_mode: z
    .enum(ADDRESS_MODES)
    .meta({ description: 'listed: live keys answer only to allowed_addresses, and to nobody while that is empty' }),
  allowed_addresses: z.array(z.string()).meta({ description: 'Normalized CIDR ranges' }),
  open_to_any_address: z
    .boolean()
    .meta({ description: 'True when live keys answer to every address: mode any, or a /0 range' }),
  active_keys: z.strictObject({ live: z.int(), test: z.int() }),
  last_used_at: instant().nullable().meta({ description: 'Last call by any of its keys, to the minute' }),
  version: z.int(),
  created_at: instant(),
  updated_at: instant(),
});
export type ApplicationView = z.infer<typeof applicationView>;

export const applicationSettingsView = z.strictObject({
  application_id: id('app'),
  ...applicationSettings.shape,
  version: z.int(),
});
export type ApplicationSettingsView = z.infer<typeof applicationSettingsView>;

const params = z.strictObject({ id: id('app') });
const settingsChange = applicationSettings.partial().extend({ code: applicationCode.partial().optional() });

export const listApplications = endpoint({
  id: 'applications.list',
  method: 'GET',
  path: '/v1/applications',
  access: 'applications:read',
  summary: 'List applications',
  tag: 'Applications',
  query: listQuery(['-created_at', 'created_at', 'name', '-name'], {
    q: z.string().min(1).max(100).optional().meta({ description: 'Part of the name or site key, or an exact id' }),
    status: z.enum(APPLICATION_STATUSES).optional(),
    address_mode: z.enum(ADDRESS_MODES).optional(),
  }),
  responses: { 200: page(applicationView) },
});

export const createApplication = endpoint({
  id: 'applications.create',
  method: 'POST',
  path: '/v1/applications',
  access: 'applications:write',
  summary: 'Create an application',
  description: 'Whoever creates one chooses `address_mode`: it is never guessed from an empty list.',
  tag: 'Applications',
  body: z.strictObject({
    name: label(120),
    address_mode: z.enum(ADDRESS_MODES).optional().meta({ description: 'Required; address_mode_required without' }),
    allowed_addresses: addressRanges().optional(),
    confirm_any_range: confirmAnyRange().optional(),
    site_key: siteKey()
      .optional()
      .meta({ description: 'Unique in the installation; made from the name when left out' }),
    base_url: baseUrl().nullable().optional(),
    allowed_origins: z.array(origin()).max(50).optional(),
    settings: settingsChange.optional(),
  }),
  responses: { 201: applicationView },
  errors: ['address_mode_required', 'invalid_address_range', 'organization_required', 'site_key_taken'],
  idempotency: 'optional',
});

export const getApplication = endpoint({
  id: 'applications.get',
  method: 'GET',
  path: '/v1/applications/:id',
  access: 'applications:read',
  summary: 'Read an application',
  tag: 'Applications',
  params,
  responses: { 200: applicationView },
});

export const updateApplication = endpoint({
  id: 'applications.update',
  method: 'PATCH',
  path: '/v1/applications/:id',
  access: 'applications:write',
  summary: 'Edit, disable or enable an application',
  tag: 'Applications',
  params,
  body: z.strictObject({
    version: z.int().min(1),
    name: label(120).optional(),
    status: z.enum(APPLICATION_STATUSES).optional().meta({ description: 'All keys of a disabled one refuse at once' }),
    address_mode: z.enum(ADDRESS_MODES).optional(),
    allowed_addresses: addressRanges().optional(),
    confirm_any_range: confirmAnyRange().optional(),
    site_key: siteKey().optional(),
    base_url: baseUrl().nullable().optional(),
    allowed_origins: z.array(origin()).max(50).optional(),
  }),
  responses: { 200: applicationView },
  errors: ['version_conflict', 'invalid_address_range', 'site_key_taken'],
});

export const deleteApplication = endpoint({
  id: 'applications.delete',
  method: 'DELETE',
  path: '/v1/applications/:id',
  access: 'applications:write',
  summary: 'Delete an application without active keys',
  tag: 'Applications',
  params,
  responses: { 204: null },
  errors: ['application_not_empty'],
});

export const testApplicationAddress = endpoint({
  id: 'applications.address_test',
  method: 'POST',
  path: '/v1/applications/:id/address-test',
  access: 'applications:read',
  summary: 'Would a live key answer to this address?',
  tag: 'Applications',
  params,
  body: z.strictObject({ address: z.string().min(1).max(64) }),
  responses: {
    200: z.strictObject({
      address: z.string().meta({ description: 'As it is compared: IPv4-mapped IPv6 is IPv4' }),
      allowed: z.boolean(),
      reason: z.enum(['mode_any', 'range_matched', 'no_range_matched', 'no_ranges_listed']),
      matched_range: z.string().nullable(),
    }),
  },
  errors: ['invalid_address_range'],
});

export const getApplicationSettings = endpoint({
  id: 'applications.settings_get',
  method: 'GET',
  path: '/v1/applications/:id/settings',
  access: 'applications:read',
  summary: 'Read the settings of an application',
  tag: 'Applications',
  params,
  responses: { 200: applicationSettingsView },
});

export const updateApplicationSettings = endpoint({
  id: 'applications.settings_update',
  method: 'PATCH',
  path: '/v1/applications/:id/settings',
  access: 'applications:write',
  summary: 'Change settings of an application',
  description: 'Members left out stay as they are; they are in force for verifications started afterwards.',
  tag: 'Applications',
  params,
  body: z.strictObject({ version: z.int().min(1), ...settingsChange.shape }),
  responses: { 200: applicationSettingsView },
  errors: ['version_conflict'],
});

export const testNumberView = z.strictObject({
  id: id('tst'),
  application_id: id('app'),
  to: z.string().meta({ description: 'Masked' }),
  code: z.string().meta({ description: 'The fixed code; it works for this number only, and no message is sent' }),
  note: z.string().nullable(),
  ends_at: instant(),
  expired: z.boolean(),
  created_at: instant(),
  created_by: z.string(),
});
export type TestNumberView = z.infer<typeof testNumberView>;

export const listTestNumbers = endpoint({
  id: 'applications.test_numbers_list',
  method: 'GET',
  path: '/v1/applications/:id/test-numbers',
  access: 'applications:write',
  summary: 'List live test numbers',
  description: 'At most 10 an application, so the page is always the last.',
  tag: 'Applications',
  params,
  responses: { 200: page(testNumberView) },
});

export const createTestNumber = endpoint({
  id: 'applications.test_numbers_create',
  method: 'POST',
  path: '/v1/applications/:id/test-numbers',
  access: 'applications:write',
  summary: 'Add a live test number with a fixed code',
  description: 'For store reviewers: a live key gets the fixed code, no message is sent, nothing is charged.',
  tag: 'Applications',
  params,
  body: z.strictObject({
    to: z.string().min(3).max(254).meta({ description: 'Phone number (E.164) or mailbox' }),
    code: z.string().regex(/^\d{4,10}$/, 'must be 4 to 10 digits'),
    note: label(200).optional(),
    ends_at: instant().meta({ description: 'At most 90 days from now' }),
  }),
  responses: { 201: testNumberView },
  errors: ['test_number_limit', 'test_number_exists', 'test_number_invalid', 'invalid_destination'],
});

export const deleteTestNumber = endpoint({
  id: 'applications.test_numbers_delete',
  method: 'DELETE',
  path: '/v1/applications/:id/test-numbers/:number_id',
  access: 'applications:write',
  summary: 'Remove a live test number',
  tag: 'Applications',
  params: z.strictObject({ id: id('app'), number_id: id('tst') }),
  responses: { 204: null },
});

export const applicationsEndpoints: readonly EndpointDeclaration[] = [
  listApplications,
  createApplication,
  getApplication,
  updateApplication,
  deleteApplication,
  testApplicationAddress,
  getApplicationSettings,
  updateApplicationSettings,
  listTestNumbers,
  createTestNumber,
  deleteTestNumber,
];
