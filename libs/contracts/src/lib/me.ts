import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { chosenPassword, factorCode, typedPassword } from './session';
import { id, instant, label, listQuery, page } from './units';

/** BCP 47, the part we use: `en`, `pt-BR`. */
const localeTag = () => z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language tag such as en or pt-BR');
const timeZoneName = () => z.string().min(1).max(64);

export const MeViewSchema = z.strictObject({
  id: id('usr'),
  organization_id: id('org'),
  email: z.string(),
  name: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  locale: z.string().nullable(),
  time_zone: z.string().nullable(),
  second_factor: z.boolean(),
  recovery_codes_remaining: z.int(),
  password_changed_at: instant().nullable(),
  created_at: instant(),
  last_sign_in_at: instant().nullable(),
  version: z.int(),
});
export type MeView = z.infer<typeof MeViewSchema>;

export const readMe = endpoint({
  id: 'me.read',
  method: 'GET',
  path: '/v1/me',
  access: 'self',
  tag: 'Me',
  summary: 'Your own profile',
  responses: { 200: MeViewSchema },
});

export const updateMe = endpoint({
  id: 'me.update',
  method: 'PATCH',
  path: '/v1/me',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Change your profile',
  body: z.strictObject({
    name: label(120).optional(),
    first_name: label(80).nullable().optional(),
    last_name: label(80).nullable().optional(),
    locale: localeTag().nullable().optional(),
    time_zone: timeZoneName().nullable().optional(),
    version: z.int().optional().meta({ description: 'As read; another change meanwhile is version_conflict' }),
  }),
  responses: { 200: MeViewSchema },
  errors: ['time_zone_invalid', 'version_conflict'],
});

export const changePassword = endpoint({
  id: 'me.change_password',
  method: 'POST',
  path: '/v1/me/password',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Change your password',
  description: 'Ends every other session of yours; this one gets a new cookie.',
  body: z.strictObject({ current_password: typedPassword(), new_password: chosenPassword() }),
  responses: { 204: null },
  errors: ['wrong_password', 'password_too_weak', 'account_locked'],
});

export const FactorViewSchema = z.strictObject({
  id: id('fct'),
  kind: z.enum(['totp']),
  name: z.string(),
  status: z.enum(['pending', 'active']),
  created_at: instant(),
  activated_at: instant().nullable(),
  last_used_at: instant().nullable(),
});
export type FactorView = z.infer<typeof FactorViewSchema>;

export const listMyFactors = endpoint({
  id: 'me.list_factors',
  method: 'GET',
  path: '/v1/me/factors',
  access: 'self',
  tag: 'Me',
  summary: 'Your authenticators',
  responses: { 200: z.strictObject({ data: z.array(FactorViewSchema) }) },
});

export const startMyFactor = endpoint({
  id: 'me.start_factor',
  method: 'POST',
  path: '/v1/me/factors',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Start to set up an authenticator app',
  description: 'Answers with the secret once. The authenticator counts only after it was activated with a code.',
  body: z.strictObject({ name: label(60).optional() }),
  responses: {
    201: z.strictObject({
      factor: FactorViewSchema,
      secret: z.string().meta({ description: 'Base32, for typing by hand' }),
      otpauth_uri: z.string(),
      qr: z.strictObject({
        size: z.int().meta({ description: 'Width and height of the view box, in modules with the quiet zone' }),
        path: z.string().meta({ description: 'The d attribute of one SVG path that fills the dark modules' }),
      }),
    }),
  },
  secrets: ['secret', 'otpauth_uri', 'qr'],
  errors: ['factor_state'],
});

export const activateMyFactor = endpoint({
  id: 'me.activate_factor',
  method: 'POST',
  path: '/v1/me/factors/:id/activate',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Activate an authenticator with its first code',
  description: 'The first active authenticator brings ten recovery codes, shown only in this answer.',
  params: z.strictObject({ id: id('fct') }),
  body: z.strictObject({ code: factorCode() }),
  responses: {
    200: z.strictObject({ factor: FactorViewSchema, recovery_codes: z.array(z.string()).nullable() }),
  },
  secrets: ['recovery_codes'],
  errors: ['not_found', 'wrong_factor_code', 'factor_state', 'account_locked'],
});

export const removeMyFactor = endpoint({
  id: 'me.remove_factor',
  method: 'POST',
  path: '/v1/me/factors/:id/remove',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Remove an authenticator',
  description:
    'An active one needs the password and a current code or a recovery key. With the last one the recovery codes go ' +
    'too. Every other session of yours ends.',
  params: z.strictObject({ id: id('fct') }),
  body: z.strictObject({ password: typedPassword(), code: factorCode().optional() }),
  responses: { 204: null },
  errors: ['not_found', 'wrong_password', 'wrong_factor_code', 'account_locked'],
});

export const readRecoveryCodes = endpoint({
  id: 'me.read_recovery_codes',
  method: 'GET',
  path: '/v1/me/recovery-codes',
  access: 'self',
  tag: 'Me',
  summary: 'How many recovery codes are left',
  responses: { 200: z.strictObject({ remaining: z.int(), created_at: instant().nullable() }) },
});

export const renewRecoveryCodes = endpoint({
  id: 'me.renew_recovery_codes',
  method: 'POST',
  path: '/v1/me/recovery-codes',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'Make ten new recovery codes',
  description: 'Shown only in this answer; the old ones no longer work.',
  responses: { 201: z.strictObject({ recovery_codes: z.array(z.string()) }) },
  secrets: ['recovery_codes'],
  errors: ['factor_state'],
});

export const MySessionViewSchema = z.strictObject({
  id: id('ses'),
  current: z.boolean(),
  device: z.string().meta({ description: 'What the user agent says: Firefox on Linux' }),
  address: z.string(),
  methods: z.array(z.enum(['password', 'totp', 'recovery_code', 'invitation', 'setup'])),
  assurance_level: z.int(),
  created_at: instant(),
  last_seen_at: instant(),
  expires_at: instant(),
});
export type MySessionView = z.infer<typeof MySessionViewSchema>;

export const listMySessions = endpoint({
  id: 'me.list_sessions',
  method: 'GET',
  path: '/v1/me/sessions',
  access: 'self',
  tag: 'Me',
  summary: 'Where you are signed in',
  query: listQuery(['-created_at'], {}),
  responses: { 200: page(MySessionViewSchema) },
});

export const endMySession = endpoint({
  id: 'me.end_session',
  method: 'DELETE',
  path: '/v1/me/sessions/:id',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'End one of your sessions',
  params: z.strictObject({ id: id('ses') }),
  responses: { 204: null },
  errors: ['not_found'],
});

export const endMyOtherSessions = endpoint({
  id: 'me.end_other_sessions',
  method: 'DELETE',
  path: '/v1/me/sessions',
  access: 'self',
  stepUp: true,
  tag: 'Me',
  summary: 'End all your sessions but this one',
  responses: { 200: z.strictObject({ ended: z.int() }) },
});

export const meEndpoints: readonly EndpointDeclaration[] = [
  readMe,
  updateMe,
  changePassword,
  listMyFactors,
  startMyFactor,
  activateMyFactor,
  removeMyFactor,
  readRecoveryCodes,
  renewRecoveryCodes,
  listMySessions,
  endMySession,
  endMyOtherSessions,
];
