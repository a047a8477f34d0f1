import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';

export interface StoredAnswer {
  readonly fingerprint: string;
  readonly status: number;
  /** JSON, or null for an answer without body. */
  readonly body: string | null;
}

export interface NewAnswer extends StoredAnswer {
  readonly id: string;
  readonly organizationId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

const PURGE_BATCH = 500;

@Injectable()
export class IdempotencyRecords {
  constructor(private readonly database: Database) {}

  /** The answer under this id that has not expired at the instant. */
  async find(id: string, atMs: number): Promise<StoredAnswer | null> {
    const [row] = await this.database.query<StoredAnswer>(
      'SELECT fingerprint, status, body FROM idempotency_record WHERE id = ? AND expires_at > ?',
      [id, atMs],
    );
    return row ?? null;
  }

  /**
   * Adds an answer; false when one is there already. The primary key decides: of any number of processes that answer
   * one call, one commits, and on MySQL the others wait for it here.
   */
  async add(answer: NewAnswer): Promise<boolean> {
    try {
      await this.database.execute(
        `INSERT INTO idempotency_record (id, organization_id, fingerprint, status, body, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [
          answer.id,
          answer.organizationId,
          answer.fingerprint,
          answer.status,
          answer.body,
          answer.createdAt,
          answer.expiresAt,
        ],
      );
      return true;
    } catch (error) {
      if (this.database.isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Makes room for a new answer where an expired one stands. */
  async removeExpired(id: string, atMs: number): Promise<void> {
    await this.database.execute('DELETE FROM idempotency_record WHERE id = ? AND expires_at <= ?', [id, atMs]);
  }

  /** Removes expired answers in batches; how many. */
  async purge(atMs: number): Promise<number> {
    for (let removed = 0; ;) {
      const rows = await this.database.query<{ id: string }>(
        `SELECT id FROM idempotency_record WHERE expires_at <= ? ORDER BY expires_at LIMIT ${PURGE_BATCH}`,
        [atMs],
      );
      if (rows.length === 0) return removed;
      const marks = rows.map(() => '?').join(', ');
      const { affected } = await this.database.execute(
        `DELETE FROM idempotency_record WHERE expires_at <= ? AND id IN (${marks})`,
        [atMs, ...rows.map((row) => row.id)],
      );
      removed += affected;
      if (rows.length < PURGE_BATCH) return removed;
    }
  }
}
