import type { DataSource, EntityManager, ReplicationMode } from 'typeorm';
import { QueryResult } from 'typeorm';
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { FencedRunner, TransactionContext } from '../transaction-context';
import { openSqlite, type SqliteConnection, type StatementOutcome } from './sqlite-connections';
import { queryFailed } from './sql-errors';
import { SqliteWriter, type WriteSlot, type WriterLimits } from './sqlite-writer';

interface Connections {
  readonly writer: SqliteWriter;
  readonly reader: SqliteConnection;
  readonly close: () => Promise<void>;
}

/**
 * TypeORM's SQLite drivers give every caller the same runner on the same connection, so that concurrent transactions
 * mix: one that was reported committed vanished when another rolled back. This driver makes a new runner each time;
 * writes go through `SqliteWriter`, reads outside a transaction to a connection of their own that sees only what is
 * committed.
 */
export class FencedSqliteDriver extends BetterSqlite3Driver {
  private connections: Connections | null = null;

  constructor(
    dataSource: DataSource,
    readonly context: TransactionContext,
    private readonly file: string,
    private readonly limits: Partial<WriterLimits> = {},
  ) {
    super(dataSource);
  }

  override connect(): Promise<void> {
    const { writer, reader } = openSqlite(this.file);
    const queue = new SqliteWriter(writer, this.limits);
    this.databaseConnection = writer.raw;
    this.connections = {
      writer: queue,
      reader,
      close: async () => {
        await queue.close();
        reader.close();
        writer.close();
      },
    };
    return Promise.resolve();
  }

  override async disconnect(): Promise<void> {
    const connections = this.connections;
    this.connections = null;
    await connections?.close();
  }

  override createQueryRunner(_mode: ReplicationMode): FencedSqliteRunner {
    return new FencedSqliteRunner(this);
  }

  get writer(): SqliteWriter {
    return this.opened().writer;
  }

  get reader(): SqliteConnection {
    return this.opened().reader;
  }

  private opened(): Connections {
    if (this.connections === null) throw new Error('the database is closed');
    return this.connections;
  }
}

export class FencedSqliteRunner extends BetterSqlite3QueryRunner implements FencedRunner {
  declare manager: EntityManager;
  private slot: WriteSlot | null = null;
  private waiting = false;
  writes = 0;
  lost: unknown = undefined;
  alone = false;
  statementTimeoutMs = 0;

  constructor(private readonly fenced: FencedSqliteDriver) {
    super(fenced);
  }

  override async startTransaction(): Promise<void> {
    this.fenced.context.assertOwn(this);
    if (this.slot !== null || this.waiting) throw new Error('a transaction is open: join it with UnitOfWork.run');
    this.waiting = true;
    try {
      this.slot = await this.fenced.writer.acquire({ alone: this.alone });
    } finally {
      this.waiting = false;
    }
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override commitTransaction(): Promise<void> {
    return this.finish(true);
  }

  override rollbackTransaction(): Promise<void> {
    return this.finish(false);
  }

  private async finish(keep: boolean): Promise<void> {
    const slot = this.slot;
    if (slot === null) throw new Error('no transaction is open');
    this.slot = null;
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    await slot.finish(keep);
  }

  override async query<T>(sql: string, parameters?: unknown, structured = false): Promise<T> {
    const outcome = await this.perform(sql, Array.isArray(parameters) ? parameters : []);
    const raw = outcome.affected > 0 ? outcome.lastId : outcome.rows;
    if (!structured) return raw as T;
    const result = new QueryResult();
    result.raw = raw;
    result.records = outcome.rows;
    result.affected = outcome.affected;
    return result as T;
  }

  /** One statement, in the transaction of this runner or in one of its own. */
  async perform(sql: string, values: readonly unknown[]): Promise<StatementOutcome> {
    if (this.isReleased) throw new Error('the unit of work has ended: await every statement inside UnitOfWork.run');
    this.fenced.context.assertOwn(this);
    if (this.slot !== null) return this.inSlot(this.slot, sql, values);
    if (this.isRead(sql)) return this.guarded(sql, () => this.fenced.reader.run(sql, values));
    const slot = await this.fenced.writer.acquire();
    let outcome: StatementOutcome;
    try {
      outcome = this.guarded(sql, () => slot.run(sql, values));
    } catch (error) {
      await slot.finish(false);
      throw error;
    }
    await slot.finish(true);
    return outcome;
  }

  private inSlot(slot: WriteSlot, sql: string, values: readonly unknown[]): StatementOutcome {
    try {
      const outcome = this.guarded(sql, () => slot.run(sql, values));
      if (outcome.affected > 0) this.writes += 1;
      return outcome;
    } catch (error) {
      if (slot.lost) this.lost = error;
      throw error;
    }
  }

  private isRead(sql: string): boolean {
    return this.guarded(sql, () => {
      const statement = this.fenced.reader.prepare(sql);
      return statement.reader && statement.readonly;
    });
  }

  private guarded<T>(sql: string, fn: () => T): T {
    try {
      return fn();
    } catch (error) {
      throw queryFailed(sql, error);
    }
  }

  override async release(): Promise<void> {
    this.isReleased = true;
    if (this.slot !== null) await this.finish(false);
  }
}
