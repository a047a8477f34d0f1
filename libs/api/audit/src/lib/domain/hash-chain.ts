import { createHash } from 'node:crypto';
import type { AuditEventRow, AuditSealRow } from './audit-event';

/** What stands before the first event of a chain. */
export const GENESIS_HASH = '0'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The text that is hashed: a JSON array in this fixed order, so that no two different rows share one text and an
 * auditor can build it with any JSON library. A later layout gets another version in its first place.
 */
export function canonicalRow(row: AuditEventRow): string {
  return JSON.stringify([
    'tollgate.audit.v1',
    row.id,
    row.organizationId,
    row.occurredAt,
    row.actorKind,
    row.actorId,
    row.actorLabel,
    row.action,
    row.outcome,
    row.targetType,
    row.targetId,
    row.targetLabel,
    row.changes,
    row.reason,
    row.requestId,
    row.addressEffective,
    row.addressForwarded,
    row.addressRemote,
    row.userAgent,
  ]);
}

export function digestOf(row: AuditEventRow): string {
  return sha256(canonicalRow(row));
}

/** The hash of one link. The sequence number is part of it, so that a row cannot be moved with its hash. */
export function linkHash(previousHash: string, seq: number, digest: string): string {
  return sha256(`${previousHash}\n${seq}\n${digest}`);
}

/** The seals of rows that follow the head, in the order given. */
export function sealRows(
  head: { readonly seq: number; readonly hash: string },
  rows: readonly AuditEventRow[],
  sealedAt: number,
): AuditSealRow[] {
  let { seq, hash } = head;
  return rows.map((row) => {
    const previousHash = hash;
    const digest = digestOf(row);
    seq += 1;
    hash = linkHash(previousHash, seq, digest);
    return { organizationId: row.organizationId, seq, eventId: row.id, digest, previousHash, hash, sealedAt };
  });
}
