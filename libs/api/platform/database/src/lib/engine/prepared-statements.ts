import mysql from 'mysql2';

/** Uses of a text before it is prepared: what is asked once must not push out what is asked always. */
const RECURS_AFTER = 8;
const MOST_TEXTS = 2_000;

/** How many a connection keeps. A server allows 16,382 over all connections unless told otherwise. */
export const PREPARED_PER_CONNECTION = 256;

/**
 * Which statements MySQL is asked to prepare: those that recur. It parses them once a connection, and their values
 * travel typed beside the text. Lists with filters of every shape stay as they are.
 */
export class PreparedStatements {
  private readonly uses = new Map<string, number>();

  /** The values to execute a prepared statement with; null when it goes as text. */
  valuesOf(sql: string, values: readonly unknown[]): unknown[] | null {
    if (values.length === 0 || !this.recurs(sql)) return null;
    return values.every(isPlain) ? values.map(typed) : null;
  }

  private recurs(sql: string): boolean {
    const uses = (this.uses.get(sql) ?? 0) + 1;
    if (uses > RECURS_AFTER) return true;
    if (this.uses.size >= MOST_TEXTS) this.uses.clear();
    this.uses.set(sql, uses);
    return false;
  }
}

const isPlain = (value: unknown): boolean =>
  value === null || value === undefined || typeof value !== 'object' || Buffer.isBuffer(value);

/** Unless told the type, mysql2 sends every number as a double. */
function typed(value: unknown): unknown {
  if (value === undefined) return null;
  const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  return whole ? mysql.TypedParameter.BIGINT(value) : value;
}
