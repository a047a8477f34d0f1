import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { id, instant, listQuery, page } from './units';

export const exportView = z.strictObject({
  id: z.string(),
  list: z.string(),
  format: z.enum(['csv', 'xlsx']),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  rows: z.int(),
  total: z.int().nullable().meta({ description: 'Rows that will be written, when known' }),
  size_bytes: z.int().nullable(),
  created_at: instant(),
  finished_at: instant().nullable(),
  expires_at: instant(),
});

export const createExport = endpoint({
  id: 'exports.create',
  method: 'POST',
  path: '/v1/exports',
  access: 'exports:create',
  tag: 'Exports',
  summary: 'Write a list to a file',
  description:
    'A job: poll GET /v1/exports/{id} until it is done, then download. The file lives for 24 hours. Cells that a spreadsheet would run as a formula are written as text.',
  body: z.strictObject({
    list: z.enum(['usage', 'requests', 'verifications']),
    format: z.enum(['csv', 'xlsx']),
    filters: z
      .record(z.string().max(40), z.string().max(200))
      .optional()
      .meta({ description: 'The query of the list, as in its URL' }),
  }),
  responses: { 201: exportView },
  errors: ['permission_denied'],
});

export const listExports = endpoint({
  id: 'exports.list',
  method: 'GET',
  path: '/v1/exports',
  access: 'exports:create',
  tag: 'Exports',
  summary: 'Your exports',
  query: listQuery(['-created_at'], {}),
  responses: { 200: page(exportView) },
});

export const getExport = endpoint({
  id: 'exports.get',
  method: 'GET',
  path: '/v1/exports/:id',
  access: 'exports:create',
  tag: 'Exports',
  summary: 'One export and its progress',
  params: z.strictObject({ id: id('exp') }),
  responses: { 200: exportView },
  errors: ['not_found'],
});

export const exportsEndpoints: readonly EndpointDeclaration[] = [createExport, listExports, getExport];
