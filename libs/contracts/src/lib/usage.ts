import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { flag, id, instant, listQuery, page } from './units';

/** A row of the usage activity log. */
export const usageRow = z.strictObject({
  id: z.string(),
  at: instant(),
  organization_id: z.string(),
  application_id: z.string(),
  action: z
    .enum(['authentication', 'verification'])
    .meta({ description: 'authentication = a start or a resend; verification = a check' }),
  channel: z.enum(['sms', 'email', 'mobile']),
  result: z.enum(['success', 'unused', 'failed']),
  requests: z.int(),
  credits: z.int().meta({ description: 'Milli-credits' }),
  verification_id: z.string().nullable(),
});

export const listUsage = endpoint({
  id: 'usage.list',
  method: 'GET',
  path: '/v1/usage',
  access: 'usage:read',
  tag: 'Logs',
  summary: 'The usage activity log',
  query: listQuery(['at', '-at'], {
    application_id: id('app').optional(),
    action: z.enum(['authentication', 'verification']).optional(),
    channel: z.enum(['sms', 'email', 'mobile']).optional(),
    result: z.enum(['success', 'unused', 'failed']).optional(),
    from: instant().optional(),
    to: instant().optional(),
    test: flag().optional(),
  }),
  responses: { 200: page(usageRow) },
  errors: ['invalid_cursor'],
});

/** A row of the request log: allow-listed fields, never a body. */
export const requestRow = z.strictObject({
  id: z.string(),
  at: instant(),
  organization_id: z.string().nullable(),
  application_id: z.string().nullable(),
  event: z.string().meta({ description: 'Operation id, such as verifications.start' }),
  method: z.string(),
  endpoint: z.string().meta({ description: 'Route pattern' }),
  status: z.int(),
  error_code: z.string().nullable(),
  ip_address: z.string(),
  user: z.string().nullable().meta({ description: 'Who called: an e-mail address or the name of a key' }),
  duration_ms: z.number(),
});

const requestDetail = requestRow.extend({
  request_id: z.string(),
  forwarded_for: z.string().nullable(),
  remote_address: z.string(),
  user_agent: z.string().nullable(),
  principal_id: z.string().nullable(),
  idempotency_replayed: z.boolean(),
});

export const listRequests = endpoint({
  id: 'requests.list',
  method: 'GET',
  path: '/v1/requests',
  access: 'requests:read',
  tag: 'Logs',
  summary: 'The request log',
  query: listQuery(['at', '-at'], {
    application_id: id('app').optional(),
    event: z.string().max(80).optional(),
    method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']).optional(),
    status: z.enum(['2xx', '3xx', '4xx', '5xx']).optional(),
    ip_address: z.string().max(64).optional(),
    request_id: z.string().max(64).optional(),
    from: instant().optional(),
    to: instant().optional(),
    test: flag().optional(),
  }),
  responses: { 200: page(requestRow) },
  errors: ['invalid_cursor'],
});

export const getRequest = endpoint({
  id: 'requests.get',
  method: 'GET',
  path: '/v1/requests/:id',
  access: 'requests:read',
  tag: 'Logs',
  summary: 'One request',
  params: z.strictObject({ id: id('req') }),
  responses: { 200: requestDetail },
  errors: ['not_found'],
});

export const usageEndpoints: readonly EndpointDeclaration[] = [listUsage, listRequests, getRequest];
