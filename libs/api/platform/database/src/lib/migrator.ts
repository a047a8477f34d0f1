import type { DataSource } from 'typeorm';
import type { Engine } from './database';
import { dialectOf } from './dialect';
import { openDatabase } from './engine/open-data-source';
import { checksumOf, orderedMigrations } from './migration';
import { platformSchema } from './platform-schema';
import type { FencedRunner } from './transaction-context';
import type { Dialect, Migration, SchemaPart } from './schema';
import type { DatabaseSettings } from './settings';

interface Applied {
  readonly name: string;
  readonly checksum: string;
  /** `applied`; or `applying`, `reverting` when it stopped half-way, with `statement` statements done. */
  readonly state: string;
  readonly statement: number;
}

const LOCK_WAIT_S = 120;
/** Rebuilding a large table takes its time. */
const LONGEST_STATEMENT_MS = 24 * 3_600_000;

/** Errors that say a statement of DDL was done before the process stopped, just not recorded. MySQL 8, MariaDB. */
const DONE_BEFORE: ReadonlySet<unknown> = new Set([
  1050, // table exists
  1060, // column exists
  1061, // index exists
  1051, // table is gone
  1091, // column or index is gone
]);

function errnoOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'errno' in error ? error.errno : undefined;
}

/**
 * Applies and reverts the migrations of the schema, one process at a time.
 *
 * SQLite: a step and its record are one transaction. MySQL commits at each statement of DDL, so the record says how
 * many statements of a step are done, and the next run goes on there; the one statement that may have been done
 * without being recorded is recognized by its error. Statements of data share a transaction with their record.
 */
export class Migrator {
  private readonly engine: Engine;
  private readonly dialect: Dialect;
  private readonly steps: readonly Migration[];

  constructor(
    private readonly dataSource: DataSource,
    parts: readonly SchemaPart[],
  ) {
    this.engine = dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';
    this.dialect = dialectOf(this.engine);
    this.steps = orderedMigrations(parts);
  }

  /** Applies what is not applied yet; returns the names. Throws when an applied text has changed. */
  migrate(): Promise<string[]> {
    return this.locked(async (runner) => {
      const applied = await this.applied(runner);
      this.refuseChanged(applied);
      const done: string[] = [];
      for (const step of this.steps) {
        const record = applied.get(step.name);
        if (record?.state === 'applied') continue;
        if (record?.state === 'reverting')
          throw new Error(`${step.name} was being reverted: finish the rollback first`);
        await this.apply(runner, step, record);
        done.push(step.name);
      }
      return done;
    });
  }

  /** Reverts the newest steps, so many of them; returns the names. */
  rollback(count: number): Promise<string[]> {
    return this.locked(async (runner) => {
      const applied = await this.applied(runner);
      const newest = [...applied.values()].sort((a, b) => (a.name < b.name ? 1 : -1)).slice(0, count);
      for (const record of newest) {
        const step = this.steps.find((candidate) => candidate.name === record.name);
        if (step === undefined) throw new Error(`this version does not know the migration ${record.name}`);
        if (record.state === 'applying') throw new Error(`${step.name} stopped half-way: run migrate first`);
        await this.revert(runner, step, record);
      }
      return newest.map((record) => record.name);
    });
  }

  /** Names that are not applied. */
  async pending(): Promise<string[]> {
    return this.locked(async (runner) => {
      const applied = await this.applied(runner);
      return this.steps.map((step) => step.name).filter((name) => applied.get(name)?.state !== 'applied');
    });
  }

  private refuseChanged(applied: ReadonlyMap<string, Applied>): void {
    for (const step of this.steps) {
      const record = applied.get(step.name);
      if (record !== undefined && record.checksum !== checksumOf(step, this.dialect)) {
        throw new Error(`the migration ${step.name} was changed after it had been applied: add a new one instead`);
      }
    }
  }

  private async applied(runner: FencedRunner): Promise<Map<string, Applied>> {
    const t = this.dialect;
    await runner.query(
      `CREATE TABLE IF NOT EXISTS schema_migration (name ${t.key(120)} NOT NULL PRIMARY KEY, checksum ${t.key(64)} NOT NULL, state ${t.key(10)} NOT NULL, statement ${t.int} NOT NULL, changed_at ${t.instant} NOT NULL)${t.tableOptions}`,
    );
    const rows = (await runner.query('SELECT name, checksum, state, statement FROM schema_migration')) as Applied[];
    return new Map(rows.map((row) => [row.name, row]));
  }

  private async apply(runner: FencedRunner, step: Migration, record: Applied | undefined): Promise<void> {
    if (record === undefined) {
      await runner.query(
        'INSERT INTO schema_migration (name, checksum, state, statement, changed_at) VALUES (?, ?, ?, 0, ?)',
        [step.name, checksumOf(step, this.dialect), 'applying', Date.now()],
      );
    }
    await this.perform(runner, step.name, step.up(this.dialect), record?.statement ?? 0, record !== undefined);
    await runner.query('UPDATE schema_migration SET state = ?, changed_at = ? WHERE name = ?', [
      'applied',
      Date.now(),
      step.name,
    ]);
  }

  private async revert(runner: FencedRunner, step: Migration, record: Applied): Promise<void> {
    const resumed = record.state === 'reverting';
    if (!resumed) {
      await runner.query('UPDATE schema_migration SET state = ?, statement = 0 WHERE name = ?', [
        'reverting',
        step.name,
      ]);
    }
    await this.perform(runner, step.name, step.down(this.dialect), resumed ? record.statement : 0, resumed);
    await runner.query('DELETE FROM schema_migration WHERE name = ?', [step.name]);
  }

  private async perform(
    runner: FencedRunner,
    name: string,
    statements: readonly string[],
    done: number,
    resumed: boolean,
  ): Promise<void> {
    for (let index = done; index < statements.length; index += 1) {
      const sql = statements[index] ?? '';
      if (this.engine === 'mysql') await runner.query('START TRANSACTION');
      try {
        await runner.query(sql);
      } catch (error) {
        if (this.engine === 'mysql') await runner.query('ROLLBACK');
        const doneBefore = resumed && index === done && DONE_BEFORE.has(errnoOf(error));
        if (!doneBefore)
          throw new Error(`the migration ${name} failed at its statement ${index + 1}`, { cause: error });
      }
      await runner.query('UPDATE schema_migration SET statement = ? WHERE name = ?', [index + 1, name]);
      if (this.engine === 'mysql') await runner.query('COMMIT');
    }
  }

  /** One process at a time: a named lock of the server, or SQLite's own write lock around everything. */
  private async locked<T>(fn: (runner: FencedRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner() as FencedRunner;
    runner.statementTimeoutMs = LONGEST_STATEMENT_MS;
    try {
      return this.engine === 'mysql' ? await this.underNamedLock(runner, fn) : await this.inTransaction(runner, fn);
    } finally {
      await runner.release();
    }
  }

  private async inTransaction<T>(runner: FencedRunner, fn: (runner: FencedRunner) => Promise<T>): Promise<T> {
    runner.alone = true;
    await runner.startTransaction();
    try {
      const result = await fn(runner);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    }
  }

  private async underNamedLock<T>(runner: FencedRunner, fn: (runner: FencedRunner) => Promise<T>): Promise<T> {
    const lock = `tollgate:migrate:${String(this.dataSource.options.database)}`.slice(0, 64);
    const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS got', [lock, LOCK_WAIT_S])) as { got: number | null }[];
    if (row?.got !== 1) throw new Error(`another process has been migrating for ${LOCK_WAIT_S} s`);
    try {
      return await fn(runner);
    } finally {
      await runner.query('SELECT RELEASE_LOCK(?)', [lock]);
    }
  }
}

async function withMigrator<T>(
  settings: DatabaseSettings,
  parts: readonly SchemaPart[],
  fn: (migrator: Migrator) => Promise<T>,
): Promise<T> {
  const { dataSource } = await openDatabase(settings, []);
  try {
    return await fn(new Migrator(dataSource, [platformSchema, ...parts.filter((part) => part !== platformSchema)]));
  } finally {
    await dataSource.destroy();
  }
}

/** For the command line: applies every pending migration, those of the platform included, and returns their names. */
export function migrate(settings: DatabaseSettings, parts: readonly SchemaPart[]): Promise<string[]> {
  return withMigrator(settings, parts, (migrator) => migrator.migrate());
}

/** For the command line: reverts the newest `count` migrations and returns their names. */
export function rollback(settings: DatabaseSettings, parts: readonly SchemaPart[], count: number): Promise<string[]> {
  return withMigrator(settings, parts, (migrator) => migrator.rollback(count));
}

/** For the command line: the names of migrations that are not applied. */
export function pendingMigrations(settings: DatabaseSettings, parts: readonly SchemaPart[]): Promise<string[]> {
  return withMigrator(settings, parts, (migrator) => migrator.pending());
}
