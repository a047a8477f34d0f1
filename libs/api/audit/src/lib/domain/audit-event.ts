import type { AuditActorKind } from '../audit-trail';

/** One row of the log as it is stored. `changes` is the JSON text itself: the hash covers those very characters. */
export interface AuditEventRow {
  readonly id: string;
  readonly organizationId: string;
  readonly occurredAt: number;
  readonly actorKind: AuditActorKind;
  readonly actorId: string;
  readonly actorLabel: string;
  readonly action: string;
  readonly outcome: 'success' | 'denied' | 'failure';
  readonly targetType: string;
  readonly targetId: string;
  readonly targetLabel: string | null;
  readonly changes: string;
  readonly reason: string | null;
  readonly requestId: string | null;
  readonly addressEffective: string | null;
  readonly addressForwarded: string | null;
  readonly addressRemote: string | null;
  readonly userAgent: string | null;
}

/** The place of one event in the chain of its organization. Never updated, never deleted. */
export interface AuditSealRow {
  readonly organizationId: string;
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  readonly eventId: string;
  /** SHA-256 of the event alone. */
  readonly digest: string;
  /** `hash` of the seal before; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 over previous hash, seq and digest. */
  readonly hash: string;
  readonly sealedAt: number;
}
