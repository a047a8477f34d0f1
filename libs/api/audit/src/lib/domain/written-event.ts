import type { Principal, RequestFacts } from '@tollgate/api/kernel';
import type { AuditActor, AuditEntry, FieldChange } from '../audit-trail';
import type { AuditEventRow } from './audit-event';

const MOST_VALUE_CHARACTERS = 4_000;

/**
 * At most n characters, and nothing that a database would give back changed: the hash is over what is read back. A
 * lone surrogate becomes U+FFFD here instead of there.
 */
export function storable(text: string, n: number): string {
  const whole = Buffer.from(text, 'utf8').toString('utf8');
  return whole.length <= n
    ? whole
    : Array.from(whole.slice(0, 2 * n))
        .slice(0, n)
        .join('');
}

const orNull = (text: string | null | undefined, n: number): string | null =>
  text === null || text === undefined ? null : storable(text, n);

function actorOf(principal: Principal | null | undefined): AuditActor {
  if (principal === null || principal === undefined) return { kind: 'system', id: 'system', label: 'system' };
  const { kind, label, userId, id } = principal;
  return { kind, id: kind === 'session' ? (userId ?? id) : id, label };
}

function valueOf(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  return text.length <= MOST_VALUE_CHARACTERS ? (value ?? null) : `${storable(text, MOST_VALUE_CHARACTERS)}…`;
}

const changesText = (changes: readonly FieldChange[]): string =>
  JSON.stringify(
    changes.map(({ field, before, after }) => ({ field, before: valueOf(before), after: valueOf(after) })),
  );

/** The row of an entry, with what the running request knows. Without a request it is work of the system. */
export function writtenEvent(
  entry: AuditEntry,
  id: string,
  occurredAt: number,
  request: RequestFacts | undefined,
): AuditEventRow {
  const nobody: AuditActor = { kind: 'anonymous', id: '', label: '' };
  const known = request !== undefined && request.principal === null ? nobody : actorOf(request?.principal);
  const actor = entry.actor ?? known;
  return {
    id,
    organizationId: entry.organizationId,
    occurredAt,
    actorKind: actor.kind,
    actorId: storable(actor.id, 64),
    actorLabel: storable(actor.label, 254),
    action: entry.action,
    outcome: entry.outcome ?? 'success',
    targetType: entry.target.type,
    targetId: storable(entry.target.id, 100),
    targetLabel: orNull(entry.target.label, 254),
    changes: changesText(entry.changes ?? []),
    reason: orNull(entry.reason, 500),
    requestId: orNull(request?.requestId, 64),
    addressEffective: orNull(request?.addresses.effective, 64),
    addressForwarded: orNull(request?.addresses.forwarded, 500),
    addressRemote: orNull(request?.addresses.remote, 64),
    userAgent: orNull(request?.userAgent, 400),
  };
}
