import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { PERMISSIONS, type Permission } from './permissions';
import { roleKey } from './session';
import { id, instant, label, listQuery, page } from './units';

const permissionNames = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** The roles of one person: at least one, none twice. */
const roleKeys = () =>
  z
    .array(roleKey())
    .min(1)
    .max(10)
    .refine((keys) => new Set(keys).size === keys.length, 'must not name a role twice');

export const TeamMemberViewSchema = z.strictObject({
  id: id('usr'),
  organization_id: id('org'),
  email: z.string(),
  name: z.string(),
  status: z.enum(['pending', 'active', 'disabled']),
  roles: z.array(z.string()),
  second_factor: z.boolean(),
  sign_up_method: z.enum(['invitation', 'setup', 'seed', 'staff']),
  created_at: instant(),
  last_sign_in_at: instant().nullable(),
  version: z.int(),
});
export type TeamMemberView = z.infer<typeof TeamMemberViewSchema>;

export const listTeam = endpoint({
  id: 'team.list',
  method: 'GET',
  path: '/v1/team',
  access: 'team:read',
  tag: 'Team',
  summary: 'The people of an organization',
  description: 'Staff of the platform who choose no organization see the people of all.',
  query: listQuery(['created_at', '-created_at', 'email', '-email'], {
    status: z.enum(['pending', 'active', 'disabled']).optional(),
    role: roleKey().optional(),
    level: z.enum(['platform', 'organization']).optional(),
    q: z.string().min(1).max(100).optional().meta({ description: 'The beginning of the e-mail address or the name' }),
  }),
  responses: { 200: page(TeamMemberViewSchema) },
});

export const readTeamMember = endpoint({
  id: 'team.read',
  method: 'GET',
  path: '/v1/team/:id',
  access: 'team:read',
  tag: 'Team',
  summary: 'One person of the team',
  params: z.strictObject({ id: id('usr') }),
  responses: { 200: TeamMemberViewSchema },
  errors: ['not_found'],
});

export const updateTeamMember = endpoint({
  id: 'team.update',
  method: 'PATCH',
  path: '/v1/team/:id',
  access: 'team:manage',
  stepUp: true,
  tag: 'Team',
  summary: 'Change the roles or the status of a team member',
  description:
    'Either change ends their sessions. Nobody changes their own roles or status, gives or takes a role that holds a ' +
    'permission they lack, or leaves an organization without an active owner.',
  params: z.strictObject({ id: id('usr') }),
  body: z
    .strictObject({
      roles: roleKeys().optional(),
      status: z.enum(['active', 'disabled']).optional(),
      version: z.int().optional().meta({ description: 'As read; another change meanwhile is version_conflict' }),
    })
    .refine((body) => body.roles !== undefined || body.status !== undefined, 'give roles or status'),
  responses: { 200: TeamMemberViewSchema },
  errors: ['not_found', 'role_not_assignable', 'own_membership', 'last_owner', 'last_super_admin', 'version_conflict'],
});

export const removeTeamMember = endpoint({
  id: 'team.remove',
  method: 'DELETE',
  path: '/v1/team/:id',
  access: 'team:manage',
  stepUp: true,
  tag: 'Team',
  summary: 'Remove somebody from the team',
  description: 'Their sessions end at once; their name stays in the audit log.',
  params: z.strictObject({ id: id('usr') }),
  responses: { 204: null },
  errors: ['not_found', 'role_not_assignable', 'own_membership', 'last_owner', 'last_super_admin'],
});

export const InvitationViewSchema = z.strictObject({
  id: id('inv'),
  organization_id: id('org'),
  email: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['pending', 'accepted', 'withdrawn', 'expired']),
  invited_by: z.string(),
  sends: z.int(),
  created_at: instant(),
  sent_at: instant(),
  expires_at: instant(),
});
export type InvitationView = z.infer<typeof InvitationViewSchema>;

export const listInvitations = endpoint({
  id: 'team.list_invitations',
  method: 'GET',
  path: '/v1/team/invitations',
  access: 'team:read',
  tag: 'Team',
  summary: 'Invitations to the team',
  query: listQuery(['-created_at', 'created_at'], {
    status: z.enum(['pending', 'accepted', 'withdrawn', 'expired']).optional(),
  }),
  responses: { 200: page(InvitationViewSchema) },
});

export const createInvitation = endpoint({
  id: 'team.invite',
  method: 'POST',
  path: '/v1/team/invitations',
  access: 'team:manage',
  stepUp: true,
  tag: 'Team',
  summary: 'Invite somebody to the team',
  description: 'Mails a link that works once, for 72 hours. The link is in no answer of this API.',
  body: z.strictObject({ email: z.string().min(3).max(320), roles: roleKeys(), name: label(120).optional() }),
  responses: { 201: InvitationViewSchema },
  idempotency: 'optional',
  errors: ['member_exists', 'role_not_assignable', 'organization_required', 'organization_suspended'],
});

export const resendInvitation = endpoint({
  id: 'team.resend_invitation',
  method: 'POST',
  path: '/v1/team/invitations/:id/resend',
  access: 'team:manage',
  stepUp: true,
  tag: 'Team',
  summary: 'Mail an invitation again',
  description: 'A new link for another 72 hours; the one before no longer works.',
  params: z.strictObject({ id: id('inv') }),
  responses: { 200: InvitationViewSchema },
  errors: ['not_found', 'invitation_invalid', 'role_not_assignable', 'resend_cooldown'],
});

export const withdrawInvitation = endpoint({
  id: 'team.withdraw_invitation',
  method: 'DELETE',
  path: '/v1/team/invitations/:id',
  access: 'team:manage',
  stepUp: true,
  tag: 'Team',
  summary: 'Withdraw an invitation',
  params: z.strictObject({ id: id('inv') }),
  responses: { 204: null },
  errors: ['not_found', 'invitation_invalid'],
});

export const RoleViewSchema = z.strictObject({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  level: z.enum(['platform', 'organization']),
  built_in: z.boolean(),
  permissions: z.array(z.enum(permissionNames)),
  assignable: z.boolean().meta({ description: 'Whether the caller may give this role where they act' }),
});
export type RoleView = z.infer<typeof RoleViewSchema>;

export const listRoles = endpoint({
  id: 'roles.list',
  method: 'GET',
  path: '/v1/roles',
  access: 'team:read',
  tag: 'Team',
  summary: 'Roles and their permissions',
  query: z.strictObject({ level: z.enum(['platform', 'organization']).optional() }),
  responses: { 200: z.strictObject({ data: z.array(RoleViewSchema) }) },
});

export const teamEndpoints: readonly EndpointDeclaration[] = [
  listTeam,
  listInvitations,
  createInvitation,
  resendInvitation,
  withdrawInvitation,
  readTeamMember,
  updateTeamMember,
  removeTeamMember,
  listRoles,
];
