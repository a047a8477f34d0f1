import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { AuditEventRow, AuditSealRow } from '../domain/audit-event';
import { GENESIS_HASH } from '../domain/hash-chain';
import { selectEvent } from './event-columns';

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What the sealer reads and writes. */
@Injectable()
export class AuditSeals {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Organizations with events that have no seal yet. */
  async waiting(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ organization_id: string }>(
      `SELECT DISTINCT organization_id FROM audit_pending LIMIT ${limit}`,
    );
    return rows.map((row) => row.organization_id);
  }

  /** How many events have no seal yet. */
  async countWaiting(): Promise<number> {
    const [row] = await this.database.query<{ n: number }>('SELECT COUNT(*) AS n FROM audit_pending');
    return Number(row?.n ?? 0);
  }

  /** The last seal of a chain; its place before the first when there is none. */
  async head(organizationId: string): Promise<ChainHead> {
    const [row] = await this.database.query<ChainHead>(
      'SELECT seq, hash FROM audit_seal WHERE organization_id = ? ORDER BY seq DESC LIMIT 1',
      [organizationId],
    );
    return row ?? { seq: 0, hash: GENESIS_HASH };
  }

  /** Unsealed events in the order of their ids, which is that of their time. */
  pending(organizationId: string, limit: number): Promise<AuditEventRow[]> {
    return this.database.query<AuditEventRow>(
      `SELECT ${selectEvent('e')} FROM audit_pending p JOIN audit_event e ON e.id = p.event_id
        WHERE p.organization_id = ? ORDER BY p.event_id LIMIT ${limit}`,
      [organizationId],
    );
  }

  /**
   * Appends seals and takes their events off the list. Invariant: a place in a chain is taken once. Race: two
   * processes seal the same events. The primary key (organization, seq) lets one through; the other one's
   * transaction fails as a duplicate and rolls back whole.
   */
  async append(seals: readonly AuditSealRow[]): Promise<void> {
    await this.database.execute(
      `INSERT INTO audit_seal (organization_id, seq, event_id, digest, previous_hash, hash, sealed_at)
        VALUES ${seals.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      seals.flatMap((s) => [s.organizationId, s.seq, s.eventId, s.digest, s.previousHash, s.hash, s.sealedAt]),
    );
    await this.database.execute(
      `DELETE FROM audit_pending WHERE event_id IN (${seals.map(() => '?').join(', ')})`,
      seals.map((seal) => seal.eventId),
    );
  }
}
