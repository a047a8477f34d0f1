import type { AuditEventView } from '@tollgate/contracts';
import type { FieldChange } from './audit-trail';
import type { LoggedEvent } from './persistence/audit-log';

const instant = (ms: number): string => new Date(ms).toISOString();

export function auditEventView(event: LoggedEvent): AuditEventView {
  const { addressEffective, addressForwarded, addressRemote } = event;
  return {
    id: event.id,
    organization_id: event.organizationId,
    at: instant(event.occurredAt),
    actor: { kind: event.actorKind, id: event.actorId, label: event.actorLabel },
    action: event.action,
    outcome: event.outcome,
    target: { type: event.targetType, id: event.targetId, label: event.targetLabel },
    changes: readChanges(event.changes),
    reason: event.reason,
    request_id: event.requestId,
    addresses:
      addressEffective === null || addressRemote === null
        ? null
        : { effective: addressEffective, forwarded: addressForwarded, remote: addressRemote },
    user_agent: event.userAgent,
    seal: sealView(event),
  };
}

function sealView({ sealSeq, sealPreviousHash, sealHash, sealedAt }: LoggedEvent): AuditEventView['seal'] {
  if (sealSeq === null || sealPreviousHash === null || sealHash === null || sealedAt === null) return null;
  return { seq: sealSeq, previous_hash: sealPreviousHash, hash: sealHash, sealed_at: instant(sealedAt) };
}

/** A row that somebody spoilt is still shown, with the text as it stands: the verification says what is wrong with it. */
function readChanges(text: string): FieldChange[] {
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read))
      return (read as FieldChange[]).map(({ field, before, after }) => ({ field, before, after }));
  } catch {
    // Not JSON any more.
  }
  return [{ field: '', before: null, after: text }];
}
