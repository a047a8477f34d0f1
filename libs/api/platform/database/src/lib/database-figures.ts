import type { DataSource } from 'typeorm';
import { FencedMysqlDriver } from './engine/fenced-mysql-driver';
import { FencedSqliteDriver } from './engine/fenced-sqlite-driver';
import type { TransactionalUnitOfWork } from './transactional-unit-of-work';

export interface Figures {
  /** How often a unit of work ran again after a deadlock or a lost commit. */
  readonly retries: number;
  /** SQLite: COMMITs of the writer, each of them one wait for the disk. Zero on MySQL, where the server counts. */
  readonly commits: number;
  /** SQLite: transactions and single writes that those COMMITs held. */
  readonly units: number;
  /** Units of work that were committed, on either engine; single writes are none. */
  readonly committed: number;
  /** Who waits now: on SQLite for the writer, on MySQL for a connection of the pool. */
  readonly waiting: number;
}

/** What is read of mysql2's pool; a spec holds that it is there. */
interface WaitingPool {
  readonly _connectionQueue?: { readonly length: number };
}

/** What the database did since the process started, for metrics and benchmarks. */
export class DatabaseFigures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: TransactionalUnitOfWork,
  ) {}

  read(): Figures {
    const { driver } = this.dataSource;
    const { retries, committed } = this.unitOfWork;
    if (driver instanceof FencedSqliteDriver) {
      const { totals, waiting } = driver.writer;
      return { retries, committed, ...totals, waiting };
    }
    const pool = driver instanceof FencedMysqlDriver ? (driver.pool as WaitingPool | undefined) : undefined;
    return { retries, committed, commits: 0, units: 0, waiting: pool?._connectionQueue?.length ?? 0 };
  }
}
