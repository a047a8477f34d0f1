import BetterSqlite3, { type Database as Connection, type Statement } from 'better-sqlite3';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StatementOutcome {
  readonly rows: unknown[];
  readonly affected: number;
  readonly lastId: number | bigint;
}

const CACHED_STATEMENTS = 500;
const BUSY_TIMEOUT_MS = 250;

/** One connection and its prepared statements, least recently used out first. */
export class SqliteConnection {
  private readonly statements = new Map<string, Statement>();

  constructor(readonly raw: Connection) {}

  prepare(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known !== undefined) {
      this.statements.delete(sql);
      this.statements.set(sql, known);
      return known;
    }
    const made = this.raw.prepare(sql);
    this.statements.set(sql, made);
    if (this.statements.size > CACHED_STATEMENTS) {
      for (const oldest of this.statements.keys()) {
        this.statements.delete(oldest);
        break;
      }
    }
    return made;
  }

  run(sql: string, values: readonly unknown[]): StatementOutcome {
    const statement = this.prepare(sql);
    const bound = values.map((value) =>
      typeof value === 'boolean' ? Number(value) : value === undefined ? null : value,
    );
    if (statement.reader) return { rows: statement.all(...bound), affected: 0, lastId: 0 };
    if (statement.readonly) throw new Error('transactions are opened and closed by UnitOfWork alone');
    const { changes, lastInsertRowid } = statement.run(...bound);
    return { rows: [], affected: changes, lastId: lastInsertRowid };
  }

  close(): void {
    this.statements.clear();
    this.raw.close();
  }
}

/**
 * The writer and the read-only connection of one file. FULL: a COMMIT is on the disk when it returns. The busy
 * timeout is short because waiting blocks the whole process; `SqliteWriter` waits for another process without that.
 */
export function openSqlite(file: string): { writer: SqliteConnection; reader: SqliteConnection } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const writer = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma('recursive_triggers = ON');
  writer.pragma('trusted_schema = OFF');
  writer.pragma('temp_store = MEMORY');
  writer.pragma('cache_size = -16000');
  writer.pragma('journal_size_limit = 67108864');
  const reader = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  reader.pragma('trusted_schema = OFF');
  reader.pragma('temp_store = MEMORY');
  reader.pragma('cache_size = -16000');
  return { writer: new SqliteConnection(writer), reader: new SqliteConnection(reader) };
}
