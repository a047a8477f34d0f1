import type { DataSource, EntityManager } from 'typeorm';
import { Database, type Engine, type SqlValue } from './database';
import { contentionPause, MAX_ATTEMPTS } from './contention';
import { finalError, isContentionError, isDuplicateError, isOutage } from './engine/sql-errors';
import type { FencedMysqlRunner } from './engine/fenced-mysql-driver';
import type { FencedSqliteRunner } from './engine/fenced-sqlite-driver';
import type { TransactionContext } from './transaction-context';

type Runner = FencedSqliteRunner | FencedMysqlRunner;

interface Outcome {
  readonly rows: unknown[];
  readonly affected: number;
}

export class TypeormDatabase extends Database {
  readonly engine: Engine;

  constructor(
    private readonly dataSource: DataSource,
    private readonly context: TransactionContext,
  ) {
    super();
    this.engine = dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';
  }

  get manager(): EntityManager {
    return this.context.current()?.manager ?? this.dataSource.manager;
  }

  async query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const { rows } = await this.perform(sql, values);
    return rows as Row[];
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<{ affected: number }> {
    const { affected } = await this.perform(sql, values);
    return { affected };
  }

  isDuplicate(error: unknown): boolean {
    return isDuplicateError(error);
  }

  private perform(sql: string, values: readonly SqlValue[]): Promise<Outcome> {
    const unit = this.context.current();
    return unit === null ? this.performAlone(sql, values) : (unit.runner as Runner).perform(sql, values);
  }

  /**
   * A statement that is its own transaction runs again after a deadlock, which undid it; a read also after a lost
   * connection. A write whose connection was lost may have been done, so its caller must know.
   */
  private async performAlone(sql: string, values: readonly SqlValue[]): Promise<Outcome> {
    const reads = /^\s*SELECT\b/i.test(sql);
    for (let attempt = 1; ; attempt += 1) {
      const runner = this.dataSource.createQueryRunner() as Runner;
      try {
        return await runner.perform(sql, values);
      } catch (error) {
        const again = isContentionError(error) ? attempt < MAX_ATTEMPTS : reads && attempt < 2 && isOutage(error);
        if (!again) throw finalError(error);
      } finally {
        await runner.release();
      }
      await contentionPause(attempt);
    }
  }
}
