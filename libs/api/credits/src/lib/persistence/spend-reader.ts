import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { SpendRow } from '../domain/spend-tally';

interface Row {
  application_id: string | null;
  spent: number | string | null;
  seq: number | string | null;
}

const SPENDING = `('charge', 'capture', 'refund')`;
const spendRow = (row: Row): SpendRow => ({
  applicationId: row.application_id,
  spent: Number(row.spent ?? 0),
  seq: Number(row.seq ?? 0),
});

/** Sums of what was spent: charges and captures, less refunds. */
@Injectable()
export class SpendReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Everything since the instant, by application, and the place in the history that it reaches to. One statement, so
   * one moment: no row can fall between the sum and the place. Reads the covering index only.
   */
  async since(organizationId: string, sinceMs: number): Promise<SpendRow[]> {
    const rows = await this.database.query<Row>(
      `SELECT t.application_id AS application_id, -SUM(t.amount) AS spent,
          (SELECT a.seq FROM ledger_account a WHERE a.organization_id = ?) AS seq
        FROM ledger_transaction t
        WHERE t.organization_id = ? AND t.kind IN ${SPENDING} AND t.recorded_at >= ?
        GROUP BY t.application_id
        UNION ALL SELECT NULL, 0, a.seq FROM ledger_account a WHERE a.organization_id = ?`,
      [organizationId, organizationId, sinceMs, organizationId],
    );
    return rows.map(spendRow);
  }

  /**
   * What came after a place in the history. The account's row lock is held to the commit, so places become visible in
   * order: whatever is seen later has a higher one, and nothing is counted twice or missed.
   */
  async after(organizationId: string, seq: number, sinceMs: number): Promise<SpendRow[]> {
    const rows = await this.database.query<Row>(
      `SELECT t.application_id AS application_id, MAX(e.seq) AS seq,
          -SUM(CASE WHEN t.kind IN ${SPENDING} AND t.recorded_at >= ? THEN t.amount ELSE 0 END) AS spent
        FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
        WHERE e.organization_id = ? AND e.seq > ?
        GROUP BY t.application_id`,
      [sinceMs, organizationId, seq],
    );
    return rows.map(spendRow);
  }
}
