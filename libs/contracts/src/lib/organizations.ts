import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { country, flag, id, instant, label, listQuery, milliCredits, page } from './units';

export const ORGANIZATION_STATUSES = ['active', 'suspended', 'deletion_requested'] as const;

/** `acme-shop`: 3 to 48 lower-case letters, digits and single hyphens; it stands in the console's addresses. */
export const slug = () =>
  z
    .string()
    .min(3)
    .max(48)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'takes lower-case letters, digits and single hyphens between them')
    .meta({ description: 'Lower-case letters, digits and single hyphens' });

/** A BCP 47 language tag such as `en` or `pt-BR`. */
export const localeTag = () =>
  z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or pt-BR')
    .meta({ description: 'BCP 47 language tag' });

const retentionDays = () => z.int().min(1).max(3650);

export const organizationSettings = z.strictObject({
  time_zone: z.string().max(64).meta({ description: 'IANA name; days and months of reports are cut in it' }),
  locale: localeTag(),
  low_balance_threshold: milliCredits()
    .min(0)
    .nullable()
    .meta({ description: 'Milli-credits; staff are told when the balance falls below. null = never' }),
  daily_spend_cap: milliCredits()
    .min(0)
    .nullable()
    .meta({ description: 'Milli-credits a UTC day that live keys may spend. null = no cap' }),
  refund_undelivered: z.boolean().meta({
    description: 'Refund a send that was accepted and then not delivered. Only staff of the platform change it',
  }),
  destination_retention_days: retentionDays().meta({ description: 'Days until destinations are removed from rows' }),
  message_retention_days: retentionDays().meta({ description: 'Days until messages are removed' }),
  request_log_retention_days: retentionDays().meta({ description: 'Days until request log rows are removed' }),
});

export const organizationView = z.strictObject({
  id: id('org'),
  slug: z.string(),
  name: z.string(),
  status: z.enum(ORGANIZATION_STATUSES),
  country: country().nullable(),
  built_in: z.boolean().meta({ description: 'True for the organization of the installation’s own staff' }),
  suspended_at: instant().nullable(),
  suspension_reason: z.string().nullable(),
  settings: organizationSettings,
  version: z.int().meta({ description: 'Send it back with a change; another’s change in between is version_conflict' }),
  created_at: instant(),
  updated_at: instant(),
});
export type OrganizationView = z.infer<typeof organizationView>;

const params = z.strictObject({ id: id('org') });

export const listOrganizations = endpoint({
  id: 'organizations.list',
  method: 'GET',
  path: '/v1/organizations',
  access: 'organizations:read',
  summary: 'List organizations',
  description: 'Staff of the platform see all; everybody else sees their own.',
  tag: 'Organizations',
  query: listQuery(['-created_at', 'created_at', 'name', '-name', 'slug', '-slug'], {
    q: z.string().min(1).max(100).optional().meta({ description: 'Part of the name or slug, or an exact id' }),
    status: z.enum(ORGANIZATION_STATUSES).optional(),
    country: country().optional(),
    built_in: flag().optional(),
  }),
  responses: { 200: page(organizationView) },
});

export const createOrganization = endpoint({
  id: 'organizations.create',
  method: 'POST',
  path: '/v1/organizations',
  access: 'organizations:create',
  summary: 'Create an organization',
  tag: 'Organizations',
  body: z.strictObject({
    name: label(120),
    slug: slug().optional().meta({ description: 'Made from the name when left out' }),
    country: country().optional(),
    settings: organizationSettings.partial().optional(),
  }),
  responses: { 201: organizationView },
  errors: ['slug_taken', 'time_zone_invalid'],
  idempotency: 'optional',
});

export const getOrganization = endpoint({
  id: 'organizations.get',
  method: 'GET',
  path: '/v1/organizations/:id',
  access: 'organizations:read',
  summary: 'Read an organization',
  tag: 'Organizations',
  params,
  responses: { 200: organizationView },
});

export const updateOrganization = endpoint({
  id: 'organizations.update',
  method: 'PATCH',
  path: '/v1/organizations/:id',
  access: 'organizations:update',
  summary: 'Edit an organization',
  description: 'Members left out stay as they are. `version` is the one that was read.',
  tag: 'Organizations',
  params,
  body: z.strictObject({
    version: z.int().min(1),
    name: label(120).optional(),
    slug: slug().optional(),
    country: country().nullable().optional(),
    settings: organizationSettings.partial().optional(),
  }),
  responses: { 200: organizationView },
  errors: ['version_conflict', 'slug_taken', 'time_zone_invalid', 'built_in_organization'],
});

export const suspendOrganization = endpoint({
  id: 'organizations.suspend',
  method: 'POST',
  path: '/v1/organizations/:id/suspend',
  access: 'organizations:suspend',
  summary: 'Suspend an organization',
  description: 'All its keys refuse at once, in every process within a second. Reversible.',
  tag: 'Organizations',
  params,
  body: z.strictObject({ reason: label(500) }),
  responses: { 200: organizationView },
  errors: ['organization_state', 'built_in_organization'],
});

export const reactivateOrganization = endpoint({
  id: 'organizations.reactivate',
  method: 'POST',
  path: '/v1/organizations/:id/reactivate',
  access: 'organizations:suspend',
  summary: 'Reactivate a suspended organization',
  tag: 'Organizations',
  params,
  body: z.strictObject({ reason: label(500).optional() }),
  responses: { 200: organizationView },
  errors: ['organization_state'],
});

export const organizationsEndpoints: readonly EndpointDeclaration[] = [
  listOrganizations,
  createOrganization,
  getOrganization,
  updateOrganization,
  suspendOrganization,
  reactivateOrganization,
];
