import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { id, instant, listQuery, page } from './units';

export const AUDIT_OUTCOMES = ['success', 'denied', 'failure'] as const;
export const AUDIT_ACTOR_KINDS = ['session', 'api_key', 'access_token', 'service_key', 'system', 'anonymous'] as const;

/** Any JSON: what a field held. Secrets appear as `[secret]`, destinations masked. */
const fieldValue = () => z.unknown();

export const auditEventView = z.strictObject({
  id: id('aud'),
  organization_id: id('org'),
  at: instant(),
  actor: z.strictObject({ kind: z.enum(AUDIT_ACTOR_KINDS), id: z.string(), label: z.string() }),
  action: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  target: z.strictObject({ type: z.string(), id: z.string(), label: z.string().nullable() }),
  changes: z.array(z.strictObject({ field: z.string(), before: fieldValue(), after: fieldValue() })),
  reason: z.string().nullable(),
  request_id: z.string().nullable(),
  addresses: z
    .strictObject({ effective: z.string(), forwarded: z.string().nullable(), remote: z.string() })
    .nullable()
    .meta({ description: 'null for work that no request caused' }),
  user_agent: z.string().nullable(),
  seal: z
    .strictObject({ seq: z.int(), previous_hash: z.string(), hash: z.string(), sealed_at: instant() })
    .nullable()
    .meta({ description: 'Its place in the hash chain of the organization; null for the second until it is sealed' }),
});
export type AuditEventView = z.infer<typeof auditEventView>;

export const listAuditEvents = endpoint({
  id: 'audit.list',
  method: 'GET',
  path: '/v1/audit',
  access: 'audit:read',
  summary: 'Read the audit log',
  tag: 'Audit',
  query: listQuery(['-at', 'at'], {
    actor: z.string().min(1).max(254).optional().meta({ description: 'Exact actor id, or part of the actor’s label' }),
    action: z
      .string()
      .regex(/^[a-z_]+(\.[a-z_]+)?$/)
      .max(64)
      .optional()
      .meta({ description: '`api_key.revoked`, or `api_key` for every action of that resource' }),
    target_type: z
      .string()
      .regex(/^[a-z_]{1,40}$/, 'is a resource such as application')
      .optional(),
    target_id: z.string().min(1).max(64).optional(),
    outcome: z.enum(AUDIT_OUTCOMES).optional(),
    request_id: z.string().min(1).max(64).optional(),
    ip: z.string().min(2).max(64).optional().meta({ description: 'Effective or remote address' }),
    from: instant().optional(),
    to: instant().optional().meta({ description: 'Exclusive' }),
    q: z.string().min(1).max(100).optional().meta({ description: 'Text in action, actor, target, reason or changes' }),
  }),
  responses: { 200: page(auditEventView) },
  errors: ['range_invalid'],
});

export const getAuditEvent = endpoint({
  id: 'audit.get',
  method: 'GET',
  path: '/v1/audit/:id',
  access: 'audit:read',
  summary: 'Read one audit event',
  tag: 'Audit',
  params: z.strictObject({ id: id('aud') }),
  responses: { 200: auditEventView },
});

/** What a verification can find wrong; each names the row. */
export const AUDIT_FAULT_KINDS = [
  'changed',
  'missing',
  'reordered',
  'cut_tail',
  'rewritten',
  'inserted',
  'anchor_invalid',
] as const;

export const auditFault = z.strictObject({
  kind: z.enum(AUDIT_FAULT_KINDS),
  seq: z.int().nullable(),
  event_id: z.string().nullable(),
  detail: z.string(),
});

export const auditChainReport = z.strictObject({
  organization_id: id('org'),
  ok: z.boolean(),
  sealed: z.int().meta({ description: 'Events in the chain that were checked' }),
  unsealed: z.int().meta({ description: 'Events written in the last second, not yet in the chain' }),
  head_hash: z.string().nullable(),
  anchors: z.int().meta({ description: 'Signed daily anchors that were checked' }),
  last_anchor: z.strictObject({ seq: z.int(), at: instant() }).nullable(),
  faults: z.array(auditFault).meta({ description: 'The first 100' }),
});
export type AuditChainReport = z.infer<typeof auditChainReport>;

export const auditReport = z.strictObject({
  ok: z.boolean(),
  verified_at: instant(),
  chains: z.array(auditChainReport).meta({ description: 'Faulty ones first; at most 200' }),
  chains_total: z.int(),
  events_total: z.int(),
});
export type AuditReport = z.infer<typeof auditReport>;

export const verifyAudit = endpoint({
  id: 'audit.verify',
  method: 'POST',
  path: '/v1/audit/verify',
  access: 'audit:verify',
  summary: 'Verify the audit chain',
  description:
    'Recomputes every hash and checks every signed anchor of the organization; staff of the platform who chose none verify all.',
  tag: 'Audit',
  body: z.strictObject({}),
  responses: { 200: auditReport },
});

export const auditEndpoints: readonly EndpointDeclaration[] = [listAuditEvents, getAuditEvent, verifyAudit];
