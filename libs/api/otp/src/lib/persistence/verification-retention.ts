import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { idFloor } from './id-floor';

/** Where to go on: rows of one organization and kind of key, in the order of their ids. */
export interface RetentionStretch {
  readonly organizationId: string;
  readonly test: boolean;
  /** The last id that was looked at; empty at first. */
  readonly after: string;
}

/** Removes personal data of old verifications, a bounded number of rows a statement. */
@Injectable()
export class VerificationRetention {
  constructor(private readonly database: Database) {}

  /** Those that have verifications. One look-up in the index each. */
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

  /**
   * Looks at the next rows that began before the instant; how many, and the last of them. Pending ones are left: they
   * need their destination, and live an hour at most.
   */
  async forget(
    { organizationId, test, after }: RetentionStretch,
    beforeMs: number,
    limit: number,
  ): Promise<{ readonly seen: number; readonly last: string }> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM verification WHERE organization_id = ? AND test = ? AND id > ? AND id < ? ORDER BY id LIMIT ${limit}`,
      [organizationId, test ? 1 : 0, after, idFloor('vrf', beforeMs)],
    );
    const last = rows.at(-1)?.id ?? after;
    if (rows.length === 0) return { seen: 0, last };
    const ids = rows.map((row) => row.id);
    const places = ids.map(() => '?').join(', ');
    await this.database.execute(
      `UPDATE verification SET destination_hash = NULL, limit_hash = NULL, destination_sealed = NULL, prefix = NULL,
         personal = NULL WHERE id IN (${places}) AND status <> 'pending' AND personal IS NOT NULL`,
      ids,
    );
    await this.database.execute(
      `UPDATE verification_send SET destination_hash = NULL
       WHERE verification_id IN (${places}) AND destination_hash IS NOT NULL`,
      ids,
    );
    return { seen: rows.length, last };
  }
}
