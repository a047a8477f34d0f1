import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { MESSAGE_CHANNELS } from './providers';
import { flag, id, instant, label, listQuery, page } from './units';

const locale = () =>
  z
    .string()
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag such as pt-BR')
    .max(35);
const variables = () =>
  z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.string().max(200))
    .meta({ description: 'Plain text; put in as it is, never read as a template' });
const templateId = () =>
  z
    .string()
    .regex(
      /^(?:tpl_[0-9A-HJKMNP-TV-Z]{26}|[a-z][a-z0-9_]{0,39}\.(?:sms|email))$/,
      'must be a template id, or key.channel of a built-in one',
    )
    .meta({ description: 'tpl_… or, for a built-in template, verification.sms' });

export const templateContent = z.strictObject({
  text: z.string().min(1).max(4_000),
  subject: z.string().min(1).max(200).nullable().optional(),
  html: z.string().max(40_000).nullable().optional().meta({ description: 'Made from the text unless given' }),
  dlt_template_id: z
    .string()
    .regex(/^\d{5,25}$/)
    .nullable()
    .optional(),
  dlt_entity_id: z
    .string()
    .regex(/^\d{10,25}$/)
    .nullable()
    .optional(),
  sender_id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 &._-]{0,10}$/)
    .nullable()
    .optional(),
});
export const templateContents = z
  .record(locale(), templateContent)
  .refine((contents) => Object.keys(contents).length > 0, 'must hold at least one locale')
  .refine((contents) => Object.keys(contents).length <= 60, 'must hold at most 60 locales')
  .meta({ description: 'By locale. Looked up by the locale asked for, its parents, the language of the country, en' });

export const templateLint = z.strictObject({
  locale: z.string(),
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  field: z.enum(['text', 'subject', 'html']),
  message: z.string(),
});

export const templateView = z.strictObject({
  id: templateId(),
  organization_id: id('org').nullable(),
  key: z.string(),
  name: z.string(),
  channel: z.enum(MESSAGE_CHANNELS),
  built_in: z.boolean(),
  status: z.enum(['active', 'archived']),
  version: z.int(),
  secret: z.boolean().meta({ description: 'Carries a one-time code or a secret link' }),
  contents: templateContents,
  lints: z.array(templateLint),
  created_at: instant().nullable(),
  updated_at: instant().nullable(),
});
export type TemplateView = z.infer<typeof templateView>;

export const templateVersionView = z.strictObject({
  id: id('tpv'),
  template_id: id('tpl'),
  version: z.int(),
  current: z.boolean(),
  contents: templateContents,
  note: z.string().nullable(),
  created_by: z.string(),
  created_at: instant(),
});

export const listTemplates = endpoint({
  id: 'templates.list',
  method: 'GET',
  path: '/v1/templates',
  access: 'templates:read',
  summary: 'List message templates',
  description: 'The built-in ones come first, on the first page.',
  tag: 'Templates',
  query: listQuery(['name', '-name', 'updated_at', '-updated_at'], {
    channel: z.enum(MESSAGE_CHANNELS).optional(),
    key: z.string().max(40).optional(),
    status: z.enum(['active', 'archived']).optional(),
    built_in: flag().optional(),
  }),
  responses: { 200: page(templateView) },
});

export const getTemplate = endpoint({
  id: 'templates.get',
  method: 'GET',
  path: '/v1/templates/:id',
  access: 'templates:read',
  summary: 'Read a message template',
  tag: 'Templates',
  params: z.strictObject({ id: templateId() }),
  responses: { 200: templateView },
});

export const createTemplate = endpoint({
  id: 'templates.create',
  method: 'POST',
  path: '/v1/templates',
  access: 'templates:write',
  summary: 'Create a message template',
  tag: 'Templates',
  body: z.strictObject({
    name: label(80),
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .optional()
      .meta({ description: 'By which messages name it; verification unless told' }),
    channel: z.enum(MESSAGE_CHANNELS),
    contents: templateContents,
    note: label(500).optional(),
  }),
  responses: { 201: templateView },
  errors: ['template_invalid', 'organization_required'],
});

export const updateTemplate = endpoint({
  id: 'templates.update',
  method: 'PATCH',
  path: '/v1/templates/:id',
  access: 'templates:write',
  summary: 'Rename, archive or roll back a message template',
  tag: 'Templates',
  params: z.strictObject({ id: id('tpl') }),
  body: z.strictObject({
    name: label(80).optional(),
    status: z.enum(['active', 'archived']).optional(),
    version: z.int().min(1).optional().meta({ description: 'Make this version the current one' }),
  }),
  responses: { 200: templateView },
});

export const listTemplateVersions = endpoint({
  id: 'templates.versions',
  method: 'GET',
  path: '/v1/templates/:id/versions',
  access: 'templates:read',
  summary: 'List the versions of a template',
  tag: 'Templates',
  params: z.strictObject({ id: id('tpl') }),
  query: listQuery(['-version', 'version'], {}),
  responses: { 200: page(templateVersionView) },
});

export const createTemplateVersion = endpoint({
  id: 'templates.create_version',
  method: 'POST',
  path: '/v1/templates/:id/versions',
  access: 'templates:write',
  summary: 'Change the texts of a template',
  description: 'Texts are never changed in place: this adds a version and makes it the current one.',
  tag: 'Templates',
  params: z.strictObject({ id: id('tpl') }),
  body: z.strictObject({
    contents: templateContents,
    based_on: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The version you started from; another’s change in between is version_conflict' }),
    note: label(500).optional(),
  }),
  responses: { 201: templateView },
  errors: ['template_invalid', 'version_conflict'],
});

export const renderedPreview = z.strictObject({
  locale: z.string().meta({ description: 'The one that was found' }),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  encoding: z.enum(['gsm7', 'ucs2']).nullable(),
  units: z.int().nullable(),
  segments: z.int().nullable(),
  beyond_gsm7: z.array(z.string()),
  lints: z.array(templateLint),
});
export type RenderedPreview = z.infer<typeof renderedPreview>;

const previewOptions = {
  locale: locale().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  variables: variables().optional(),
  web_domain: z.string().max(253).optional().meta({ description: 'Host of the origin-bound last line' }),
  android_hash: z
    .string()
    .regex(/^[A-Za-z0-9+/]{11}$/)
    .optional()
    .meta({ description: 'Hash of SMS Retriever' }),
};

export const previewTemplate = endpoint({
  id: 'templates.preview',
  method: 'POST',
  path: '/v1/templates/:id/preview',
  access: 'templates:read',
  summary: 'Render a template with sample values',
  tag: 'Templates',
  params: z.strictObject({ id: templateId() }),
  body: z.strictObject({ ...previewOptions, version: z.int().min(1).optional() }),
  responses: { 200: renderedPreview },
});

export const previewDraft = endpoint({
  id: 'templates.preview_draft',
  method: 'POST',
  path: '/v1/templates/preview',
  access: 'templates:read',
  summary: 'Render texts that are not saved yet, with their lint',
  tag: 'Templates',
  body: z.strictObject({
    ...previewOptions,
    channel: z.enum(MESSAGE_CHANNELS),
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .optional(),
    contents: templateContents,
  }),
  responses: { 200: renderedPreview },
});

export const testSendTemplate = endpoint({
  id: 'templates.test_send',
  method: 'POST',
  path: '/v1/templates/:id/test-send',
  access: 'templates:write',
  summary: 'Send a template with sample values',
  description:
    'A mail to your own address is really sent. Everything else goes to the test inbox, unless you may change providers.',
  tag: 'Templates',
  params: z.strictObject({ id: templateId() }),
  body: z.strictObject({
    to: z.string().min(3).max(254),
    locale: locale().optional(),
    variables: variables().optional(),
  }),
  responses: { 202: z.strictObject({ message_id: id('msg'), test: z.boolean() }) },
  errors: ['invalid_destination', 'channel_unavailable', 'organization_required'],
});

export const templatesEndpoints: readonly EndpointDeclaration[] = [
  listTemplates,
  getTemplate,
  createTemplate,
  updateTemplate,
  listTemplateVersions,
  createTemplateVersion,
  previewTemplate,
  previewDraft,
  testSendTemplate,
];
