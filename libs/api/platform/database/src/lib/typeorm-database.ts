import type { DataSource, EntityManager } from 'typeorm';
import { Database, type Engine, type SqlValue } from './database';
import { isDuplicateError } from './engine/sql-errors';
import type { FencedMysqlRunner } from './engine/fenced-mysql-driver';
import type { FencedSqliteRunner } from './engine/fenced-sqlite-driver';
import type { TransactionContext } from './transaction-context';

type Runner = FencedSqliteRunner | FencedMysqlRunner;

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

  private async perform(sql: string, values: readonly SqlValue[]): Promise<{ rows: unknown[]; affected: number }> {
    const unit = this.context.current();
    if (unit !== null) return (unit.runner as Runner).perform(sql, values);
    const runner = this.dataSource.createQueryRunner() as Runner;
    try {
      return await runner.perform(sql, values);
    } finally {
      await runner.release();
    }
  }
}
