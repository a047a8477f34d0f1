import type { SealedWalk } from '@tollgate/api/crypto';
import type { Database } from './database';

/** A column of sealed texts in a table whose key is `id`. Names are literals of the repository. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** What each text is bound to, from the id of its row. */
  readonly context: (id: string) => string;
}

/** Renews the column by pages of ids. The guard on the old text lets a write at the same time win. */
export function sealedColumn(database: Database, { table, column, context }: SealedColumn): SealedWalk {
  return async (reseal, after, limit) => {
    const rows = await database.query<{ id: string; sealed: string | null }>(
      `SELECT id, ${column} AS sealed FROM ${table} WHERE id > ? ORDER BY id LIMIT ${limit}`,
      [after],
    );
    let renewed = 0;
    for (const { id, sealed } of rows) {
      const fresh = sealed === null ? null : reseal(sealed, context(id));
      if (fresh === null) continue;
      const { affected } = await database.execute(`UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} = ?`, [
        fresh,
        id,
        sealed,
      ]);
      renewed += affected;
    }
    return { renewed, last: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  };
}
