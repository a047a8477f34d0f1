import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { flag, id, instant, label, listQuery, page } from './units';

export const FACTOR_STATUSES = ['pending', 'active', 'deleted'] as const;
export type FactorStatus = (typeof FACTOR_STATUSES)[number];

/** An authenticator of an end user, without its secret. */
export const authenticatorView = z.strictObject({
  id: id('fct'),
  organization_id: id('org'),
  application_id: id('app'),
  type: z.literal('totp'),
  status: z.enum(FACTOR_STATUSES),
  user_ref: z.string().meta({ description: 'Your name for the end user' }),
  label: z.string(),
  locked_until: instant().nullable().meta({ description: 'Until then checks are refused, after five wrong codes' }),
  recovery_codes_remaining: z.int(),
  created_at: instant(),
  activated_at: instant().nullable(),
  deleted_at: instant().nullable(),
  last_used_at: instant().nullable(),
  test: z.boolean(),
});
export type AuthenticatorView = z.infer<typeof authenticatorView>;

/** The answer to the enrolment: the only one that ever holds the secret. */
export const enrolledFactor = z.strictObject({
  ...authenticatorView.shape,
  secret: z.string().optional().meta({ description: 'Base32, 160 bits. Shown once; a replay leaves it out' }),
  otpauth_uri: z.string().optional().meta({ description: 'What an authenticator app reads. Shown once' }),
  qr_svg: z.string().optional().meta({ description: 'The same as a QR code, an SVG document. Shown once' }),
});
export type EnrolledFactor = z.infer<typeof enrolledFactor>;

/** The answer to a check of an authenticator. */
export const factorCheckResult = z.strictObject({
  valid: z.boolean(),
  status: z.enum(FACTOR_STATUSES),
  reason: z.enum(['wrong_code', 'already_used']).nullable(),
  checks_remaining: z.int().meta({ description: 'Wrong codes until the authenticator pauses' }),
  recovery_codes_remaining: z.int(),
});
export type FactorCheckResult = z.infer<typeof factorCheckResult>;

const params = z.strictObject({ id: id('fct') });
const code = () => z.string().max(64).meta({ description: 'The six digits that the app shows' });

export const enrolFactor = endpoint({
  id: 'factors.enrol',
  method: 'POST',
  path: '/v1/factors',
  access: 'factors:write',
  tag: 'Factors',
  summary: 'Enrol an authenticator app',
  description:
    'RFC 6238 with SHA-1, 6 digits and 30 seconds, which every app reads. Show the QR code, then activate it with the ' +
    'first code. Example: `{ "type": "totp", "user_ref": "user_42", "label": "ada@example.com" }`.',
  body: z.strictObject({
    type: z.literal('totp').optional(),
    user_ref: label(128),
    label: label(120).optional().meta({ description: 'What the app shows as the account; user_ref unless told' }),
  }),
  responses: { 201: enrolledFactor },
  idempotency: 'optional',
  secrets: ['secret', 'otpauth_uri', 'qr_svg'],
});

export const listFactors = endpoint({
  id: 'factors.list',
  method: 'GET',
  path: '/v1/factors',
  access: 'factors:read',
  tag: 'Factors',
  summary: 'List authenticators',
  query: listQuery(['created_at', '-created_at'], {
    test: flag().optional(),
    status: z.enum(FACTOR_STATUSES).optional(),
    user_ref: label(128).optional(),
    application_id: id('app').optional(),
  }),
  responses: { 200: page(authenticatorView) },
  errors: ['invalid_cursor'],
});

export const getFactor = endpoint({
  id: 'factors.get',
  method: 'GET',
  path: '/v1/factors/:id',
  access: 'factors:read',
  tag: 'Factors',
  summary: 'Read an authenticator',
  params,
  responses: { 200: authenticatorView },
  errors: ['factor_not_found'],
});

export const activateFactor = endpoint({
  id: 'factors.activate',
  method: 'POST',
  path: '/v1/factors/:id/activate',
  access: 'factors:write',
  tag: 'Factors',
  summary: 'Activate an authenticator with its first code',
  description: 'Free of charge. The code counts as used: the next check needs the next one.',
  params,
  body: z.strictObject({ code: code() }),
  responses: { 200: factorCheckResult },
  errors: ['factor_not_found', 'factor_state', 'factor_locked', 'invalid_code_format', 'invalid_test_clock'],
  idempotency: 'optional',
});

export const checkFactor = endpoint({
  id: 'factors.check',
  method: 'POST',
  path: '/v1/factors/:id/check',
  access: 'factors:write',
  tag: 'Factors',
  summary: 'Check a code of an authenticator',
  description:
    'Costs `verification.check` each time a code is evaluated. A code is accepted once, with one step of drift. Five ' +
    'wrong codes pause the authenticator for 30 seconds, doubling with each further wrong one. Send either `code` or ' +
    '`recovery_code`; a recovery code works once.',
  params,
  body: z.strictObject({
    code: code().optional(),
    recovery_code: z.string().max(64).optional(),
  }),
  responses: { 200: factorCheckResult },
  errors: [
    'factor_not_found',
    'factor_state',
    'factor_locked',
    'invalid_code_format',
    'insufficient_credits',
    'spend_cap_reached',
    'invalid_test_clock',
  ],
  idempotency: 'optional',
});

export const createRecoveryCodes = endpoint({
  id: 'factors.create_recovery_codes',
  method: 'POST',
  path: '/v1/factors/:id/recovery-codes',
  access: 'factors:write',
  tag: 'Factors',
  summary: 'Make ten recovery codes',
  description: 'Shown once. The codes made before stop working.',
  params,
  responses: { 201: z.strictObject({ codes: z.array(z.string()).optional() }) },
  errors: ['factor_not_found', 'factor_state'],
  idempotency: 'optional',
  secrets: ['codes'],
});

export const deleteFactor = endpoint({
  id: 'factors.delete',
  method: 'DELETE',
  path: '/v1/factors/:id',
  access: 'factors:write',
  tag: 'Factors',
  summary: 'Delete an authenticator',
  description: 'Its secret and its recovery codes are erased, and what is pending with it is canceled.',
  params,
  responses: { 204: null },
  errors: ['factor_not_found'],
});

export const factorsEndpoints: readonly EndpointDeclaration[] = [
  enrolFactor,
  listFactors,
  getFactor,
  activateFactor,
  checkFactor,
  createRecoveryCodes,
  deleteFactor,
];
