import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';

/** Removes personal data of old verifications, a bounded number of rows a statement. */
@Injectable()
export class VerificationRetention {
  constructor(private readonly database: Database) {}

  /** Those that have a verification with a destination. One look-up in the index each. */
  async organizations(): Promise<string[]> {
    const found: string[] = [];
    for (let last = ''; ;) {
      const [row] = await this.database.query<{ id: string | null }>(
        `SELECT MIN(organization_id) AS id FROM verification WHERE organization_id > ?`,
        [last],
      );
      if (row === undefined || row.id === null) return found;
      found.push(row.id);
      last = row.id;
    }
  }

  /** Only of those that have ended: a pending one needs its destination, and lives an hour at most. */
  async forget(organizationId: string, beforeMs: number, limit: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM verification WHERE organization_id = ? AND created_at < ? AND personal IS NOT NULL
         AND status <> 'pending' ORDER BY id LIMIT ${limit}`,
      [organizationId, beforeMs],
    );
    if (rows.length === 0) return 0;
    const { affected } = await this.database.execute(
      `UPDATE verification SET destination_hash = NULL, limit_hash = NULL, destination_sealed = NULL, prefix = NULL,
         personal = NULL WHERE id IN (${rows.map(() => '?').join(', ')})`,
      rows.map((row) => row.id),
    );
    return affected;
  }
}
