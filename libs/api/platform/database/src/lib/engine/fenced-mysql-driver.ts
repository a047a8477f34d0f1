import { DomainError } from '@tollgate/api/kernel';
import type { DataSource, EntityManager, ReplicationMode } from 'typeorm';
import { QueryResult } from 'typeorm';
import { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import type { FencedRunner, TransactionContext } from '../transaction-context';
import { PreparedStatements } from './prepared-statements';
import { isContentionError, isOutage, queryFailed } from './sql-errors';

type Callback = (error: Error | null, result?: unknown) => void;
/** What is used of a pooled connection of mysql2. */
interface Connection {
  query(sql: string, values: readonly unknown[], done: Callback): unknown;
  execute(sql: string, values: readonly unknown[], done: Callback): unknown;
  release(): void;
  destroy(): void;
}

const ACQUIRE_TIMEOUT_MS = 5_000;
/** A server that says nothing for so long is not there: the network may swallow packets without an error. */
const STATEMENT_TIMEOUT_MS = 30_000;
const ENDED = 'the unit of work has ended: await every statement inside UnitOfWork.run';

/** TypeORM's MySQL driver with runners that hold the rules of `TransactionContext`, and a bounded wait for the pool. */
export class FencedMysqlDriver extends MysqlDriver {
  readonly prepared = new PreparedStatements();

  constructor(
    dataSource: DataSource,
    readonly context: TransactionContext,
  ) {
    super(dataSource);
  }

  override createQueryRunner(mode: ReplicationMode): FencedMysqlRunner {
    return new FencedMysqlRunner(this, mode);
  }

  /** A caller that cannot have a connection in time is told so; waiting longer only makes the queue longer. */
  override obtainMasterConnection(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(new DomainError('unavailable', {}, new Error('no free database connection')));
      }, ACQUIRE_TIMEOUT_MS);
      super.obtainMasterConnection().then(
        (connection: Connection) => {
          clearTimeout(timer);
          if (late) connection.release();
          else resolve(connection);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(new DomainError('unavailable', {}, error));
        },
      );
    });
  }
}

interface MysqlOutcome {
  readonly rows: unknown[];
  readonly affected: number;
  readonly raw: unknown;
}

export class FencedMysqlRunner extends MysqlQueryRunner implements FencedRunner {
  declare manager: EntityManager;
  private phase: 'none' | 'open' | 'closing' = 'none';
  writes = 0;
  lost: unknown = undefined;
  alone = false;
  statementTimeoutMs = STATEMENT_TIMEOUT_MS;

  constructor(
    private readonly fenced: FencedMysqlDriver,
    mode: ReplicationMode,
  ) {
    super(fenced, mode);
  }

  override async startTransaction(): Promise<void> {
    this.fenced.context.assertOwn(this);
    if (this.phase !== 'none') throw new Error('a transaction is open: join it with UnitOfWork.run');
    this.phase = 'open';
    this.isTransactionActive = true;
    try {
      await this.begin();
    } catch (error) {
      this.phase = 'none';
      this.isTransactionActive = false;
      throw error;
    }
    this.transactionDepth = 1;
  }

  /** A pooled connection may have died while nobody used it. Nothing has happened on it yet, so another will do. */
  private async begin(): Promise<void> {
    try {
      await this.send('START TRANSACTION', []);
    } catch (error) {
      if (!isOutage(error) || this.pooled() === undefined) throw error;
      this.pooled()?.destroy();
      this.databaseConnection = undefined;
      Object.assign(this, { databaseConnectionPromise: undefined });
      await this.send('START TRANSACTION', []);
    }
  }

  /**
   * A transaction that the server rolled back after a deadlock looks open from here, and its next statements would
   * commit one by one: `lost` refuses them and the COMMIT.
   */
  override async commitTransaction(): Promise<void> {
    if (this.lost !== undefined) throw this.lost;
    await this.finish('COMMIT');
  }

  /** When the connection is gone the server rolls back by itself, and the caller's own error matters more. */
  override async rollbackTransaction(): Promise<void> {
    try {
      await this.finish('ROLLBACK');
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
  }

  /** From here on no statement of a promise that nobody awaited may reach the connection: it would commit alone. */
  private async finish(sql: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    if (this.phase !== 'open') throw new Error('no transaction is open');
    this.phase = 'closing';
    try {
      await this.send(sql, []);
    } catch (error) {
      // In doubt what state it is in: nobody else may get this connection.
      this.pooled()?.destroy();
      throw error;
    } finally {
      this.phase = 'none';
      this.isTransactionActive = false;
      this.transactionDepth = 0;
    }
  }

  override async query<T>(sql: string, parameters?: unknown, structured = false): Promise<T> {
    const outcome = await this.perform(sql, Array.isArray(parameters) ? parameters : []);
    if (!structured) return outcome.raw as T;
    const result = new QueryResult();
    result.raw = outcome.raw;
    result.records = outcome.rows;
    result.affected = outcome.affected;
    return result as T;
  }

  async perform(sql: string, values: readonly unknown[]): Promise<MysqlOutcome> {
    if (this.isReleased || this.phase === 'closing') throw new Error(ENDED);
    this.fenced.context.assertOwn(this);
    if (this.lost !== undefined) throw this.lost;
    try {
      const raw = await this.send(sql, values);
      if (Array.isArray(raw)) return { rows: raw, affected: 0, raw };
      const affected = typeof raw === 'object' && raw !== null && 'affectedRows' in raw ? Number(raw.affectedRows) : 0;
      if (affected > 0 && this.phase === 'open') this.writes += 1;
      return { rows: [], affected, raw };
    } catch (error) {
      if (this.phase === 'open' && isContentionError(error)) this.lost = error;
      throw error;
    }
  }

  /**
   * Inside a transaction the statement is handed over before anything else can run, so that none can follow the
   * COMMIT or ROLLBACK that was sent after it.
   */
  private async send(sql: string, values: readonly unknown[]): Promise<unknown> {
    const connection = this.pooled() ?? ((await this.connect()) as Connection);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        connection.destroy();
        reject(queryFailed(sql, Object.assign(new Error('no answer from the server'), { code: 'ETIMEDOUT' })));
      }, this.statementTimeoutMs);
      const done: Callback = (error, result) => {
        clearTimeout(timer);
        if (error === null) resolve(result);
        else reject(queryFailed(sql, error));
      };
      const typed = this.fenced.prepared.valuesOf(sql, values);
      if (typed === null) connection.query(sql, values, done);
      else connection.execute(sql, typed, done);
    });
  }

  private pooled(): Connection | undefined {
    return this.databaseConnection as Connection | undefined;
  }

  override async release(): Promise<void> {
    if (this.phase === 'open') await this.rollbackTransaction().catch(() => undefined);
    if (!this.isReleased) {
      this.isReleased = true;
      this.pooled()?.release();
    }
  }
}
