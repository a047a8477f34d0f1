import * as z from 'zod';
import { addressRanges } from './applications';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { KEY_SCOPES } from './permissions';
import { id, instant, label, listQuery, page } from './units';

export const KEY_KINDS = ['live', 'test'] as const;
/** `retiring`: replaced by a rotation and still working until `expires_at`. */
export const KEY_STATUSES = ['active', 'retiring', 'expired', 'revoked'] as const;

export const keyView = z.strictObject({
  id: id('key'),
  organization_id: id('org'),
  application_id: id('app'),
  application_name: z.string(),
  kind: z.enum(KEY_KINDS),
  name: z.string(),
  hint: z.string().meta({ description: '`tg_live_…x7Qa`: the prefix and the last four characters' }),
  scopes: z.array(z.enum(KEY_SCOPES)),
  allowed_addresses: z.array(z.string()).nullable().meta({
    description: 'Ranges beside those of the application; null = only the application’s rule. Live keys only',
  }),
  status: z.enum(KEY_STATUSES),
  expires_at: instant().nullable(),
  last_used_at: instant().nullable().meta({ description: 'To the minute' }),
  last_used_address: z.string().nullable(),
  replaced_by: id('key').nullable(),
  replaces: id('key').nullable(),
  revoked_at: instant().nullable(),
  created_at: instant(),
  created_by: z.string(),
});
export type KeyView = z.infer<typeof keyView>;

/** The only answer that ever holds a token. */
export const newKeyView = z.strictObject({
  ...keyView.shape,
  token: z.string().meta({ description: 'Shown this once; only a keyed hash is stored' }),
});
export type NewKeyView = z.infer<typeof newKeyView>;

const params = z.strictObject({ id: id('key') });
const filters = {
  q: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Part of the name, the last four characters, or an exact id' }),
  kind: z.enum(KEY_KINDS).optional(),
  status: z.enum(KEY_STATUSES).optional(),
};

export const listKeys = endpoint({
  id: 'keys.list',
  method: 'GET',
  path: '/v1/keys',
  access: 'keys:read',
  summary: 'List API keys of all applications',
  tag: 'API keys',
  query: listQuery(['-created_at', 'created_at', 'name', '-name'], filters),
  responses: { 200: page(keyView) },
});

export const listApplicationKeys = endpoint({
  id: 'keys.list_of_application',
  method: 'GET',
  path: '/v1/applications/:id/keys',
  access: 'keys:read',
  summary: 'List API keys of an application',
  tag: 'API keys',
  params: z.strictObject({ id: id('app') }),
  query: listQuery(['-created_at', 'created_at', 'name', '-name'], filters),
  responses: { 200: page(keyView) },
});

export const createKey = endpoint({
  id: 'keys.create',
  method: 'POST',
  path: '/v1/applications/:id/keys',
  access: 'keys:write',
  summary: 'Create an API key',
  description: 'The token is in this answer and nowhere else, ever.',
  tag: 'API keys',
  params: z.strictObject({ id: id('app') }),
  body: z.strictObject({
    kind: z.enum(KEY_KINDS),
    name: label(80),
    scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length),
    expires_at: instant().nullable().optional().meta({ description: 'In the future; null or left out = never' }),
    allowed_addresses: addressRanges()
      .min(1)
      .nullable()
      .optional()
      .meta({ description: 'Ranges beside those of the application. Live keys only' }),
    confirm_any_range: z.boolean().optional().meta({ description: 'Must be true when a /0 range is listed' }),
  }),
  responses: { 201: newKeyView },
  errors: ['too_many_keys', 'invalid_address_range', 'application_disabled'],
  idempotency: 'optional',
  secrets: ['token'],
});

export const getKey = endpoint({
  id: 'keys.get',
  method: 'GET',
  path: '/v1/keys/:id',
  access: 'keys:read',
  summary: 'Read an API key (never its token)',
  tag: 'API keys',
  params,
  responses: { 200: keyView },
});

export const rotateKey = endpoint({
  id: 'keys.rotate',
  method: 'POST',
  path: '/v1/keys/:id/rotate',
  access: 'keys:write',
  summary: 'Replace an API key; both work for a while',
  description: 'A new key with the same rights. The old one works until the overlap has passed, then expires.',
  tag: 'API keys',
  params,
  body: z.strictObject({
    overlap_s: z
      .int()
      .min(0)
      .max(2_592_000)
      .optional()
      .meta({ description: 'Seconds that the old key still works, at most 30 days; 86400 unless told' }),
    expires_at: instant()
      .nullable()
      .optional()
      .meta({ description: 'Expiry of the new key; null or left out = never' }),
  }),
  responses: { 201: newKeyView },
  errors: ['key_state', 'too_many_keys'],
  idempotency: 'optional',
  secrets: ['token'],
});

export const revokeKey = endpoint({
  id: 'keys.revoke',
  method: 'POST',
  path: '/v1/keys/:id/revoke',
  access: 'keys:write',
  summary: 'Revoke an API key for good',
  description: 'Refused at once here, and in every process within a second. Revoking a revoked key changes nothing.',
  tag: 'API keys',
  params,
  body: z.strictObject({ reason: label(500).optional() }),
  responses: { 200: keyView },
});

export const keysEndpoints: readonly EndpointDeclaration[] = [
  listKeys,
  listApplicationKeys,
  createKey,
  getKey,
  rotateKey,
  revokeKey,
];
