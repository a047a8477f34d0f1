import type { DataSource } from 'typeorm';
import { FencedSqliteDriver } from './engine/fenced-sqlite-driver';
import type { TransactionalUnitOfWork } from './transactional-unit-of-work';

export interface Figures {
  /** How often a unit of work ran again after a deadlock or a lost commit. */
  readonly retries: number;
  /** SQLite: COMMITs of the writer, each of them one wait for the disk. Zero on MySQL, where the server counts. */
  readonly commits: number;
  /** SQLite: transactions and single writes that those COMMITs held. */
  readonly units: number;
}

/** What the database did since the process started, for metrics and benchmarks. */
export class DatabaseFigures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: TransactionalUnitOfWork,
  ) {}

  read(): Figures {
    const { driver } = this.dataSource;
    const { commits, units } = driver instanceof FencedSqliteDriver ? driver.writer.totals : { commits: 0, units: 0 };
    return { retries: this.unitOfWork.retries, commits, units };
  }
}
