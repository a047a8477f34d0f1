import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { PERMISSIONS, type Permission } from './permissions';
import { id, instant } from './units';

const permissionNames = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** A role by its key: built in (`owner`), or one of the organization's own. */
export const roleKey = () => z.string().regex(/^[a-z][a-z0-9_]{1,62}$/, 'must be the key of a role, such as admin');

/** A secret somebody types to prove who they are. Longer ones are refused before anything is computed from them. */
export const typedPassword = () => z.string().min(1).max(512);

/** A password somebody chooses: 12 to 256 characters, counted as Unicode code points. */
export const chosenPassword = () =>
  z
    .string()
    .max(512)
    .refine((text) => {
      const length = Array.from(text.normalize('NFKC')).length;
      return length >= 12 && length <= 256;
    }, 'must have 12 to 256 characters')
    .meta({ description: '12 to 256 characters; known and guessable ones are refused (password_too_weak)' });

/** Six digits of an authenticator, or a recovery key. Spaces and dashes do not matter. */
export const factorCode = () => z.string().min(6).max(64);

export const OrganizationRefSchema = z.strictObject({
  id: id('org'),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['active', 'suspended', 'deletion_requested']),
  built_in: z.boolean().meta({ description: 'The organization of the staff of the installation' }),
  time_zone: z.string(),
  locale: z.string(),
});
export type OrganizationRef = z.infer<typeof OrganizationRefSchema>;

export const AssuranceSchema = z.strictObject({
  level: z.int().min(1).max(2).meta({ description: '1 = one factor was proven, 2 = two' }),
  authenticated_at: instant(),
  step_up_until: instant().meta({ description: 'Until when calls that need a fresh sign-in are taken' }),
});

export const SessionViewSchema = z.strictObject({
  id: id('ses'),
  user: z.strictObject({
    id: id('usr'),
    email: z.string(),
    name: z.string(),
    locale: z.string().nullable(),
    time_zone: z.string().nullable(),
    second_factor: z.boolean(),
  }),
  organization: OrganizationRefSchema.meta({ description: 'The organization whose directory the user belongs to' }),
  acting_organization: OrganizationRefSchema.nullable().meta({
    description: 'Where this request acts; null when staff of the platform chose none',
  }),
  can_select_organization: z.boolean().meta({ description: 'Whether Tollgate-Organization is honoured' }),
  platform_staff: z.boolean(),
  roles: z.array(z.string()),
  permissions: z.array(z.enum(permissionNames)),
  assurance: AssuranceSchema,
  expires_at: instant(),
  environment: z.strictObject({ profile: z.enum(['production', 'demo', 'test']), version: z.string() }),
});
export type SessionView = z.infer<typeof SessionViewSchema>;

export const readSession = endpoint({
  id: 'session.read',
  method: 'GET',
  path: '/v1/session',
  access: 'self',
  tag: 'Session',
  summary: 'Who is signed in, and what they may do',
  responses: { 200: SessionViewSchema },
});

export const endSession = endpoint({
  id: 'session.end',
  method: 'DELETE',
  path: '/v1/session',
  access: 'self',
  tag: 'Session',
  summary: 'Sign out',
  description: 'Ends this session everywhere and clears its cookie.',
  responses: { 204: null },
});

export const stepUpSession = endpoint({
  id: 'session.step_up',
  method: 'POST',
  path: '/v1/session/step-up',
  access: 'self',
  tag: 'Session',
  summary: 'Prove again that it is you',
  description:
    'Takes the password, or a code of an active authenticator. The session gets a new cookie, and for ten minutes the ' +
    'calls that need a fresh sign-in are taken.',
  body: z
    .strictObject({ password: typedPassword().optional(), code: factorCode().optional() })
    .refine((body) => (body.password === undefined) !== (body.code === undefined), 'give either password or code'),
  responses: { 200: AssuranceSchema },
  errors: ['wrong_password', 'wrong_factor_code', 'account_locked'],
});

export const sessionEndpoints: readonly EndpointDeclaration[] = [readSession, endSession, stepUpSession];
