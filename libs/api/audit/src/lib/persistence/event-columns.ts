import type { AuditEventRow } from '../domain/audit-event';

/** Every stored field of an event: where it stands in the object, and the name of its column. */
export const EVENT_COLUMNS: readonly (readonly [keyof AuditEventRow, string])[] = [
  ['id', 'id'],
  ['organizationId', 'organization_id'],
  ['occurredAt', 'occurred_at'],
  ['actorKind', 'actor_kind'],
  ['actorId', 'actor_id'],
  ['actorLabel', 'actor_label'],
  ['action', 'action'],
  ['outcome', 'outcome'],
  ['targetType', 'target_type'],
  ['targetId', 'target_id'],
  ['targetLabel', 'target_label'],
  ['changes', 'changes'],
  ['reason', 'reason'],
  ['requestId', 'request_id'],
  ['addressEffective', 'address_effective'],
  ['addressForwarded', 'address_forwarded'],
  ['addressRemote', 'address_remote'],
  ['userAgent', 'user_agent'],
];

/** `e.id AS "id", e.organization_id AS "organizationId", …`: rows of it are `AuditEventRow`. */
export function selectEvent(alias: string): string {
  return EVENT_COLUMNS.map(([field, column]) => `${alias}.${column} AS ${field}`).join(', ');
}
