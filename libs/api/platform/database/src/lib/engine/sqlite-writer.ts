import type { SqliteConnection, StatementOutcome } from './sqlite-connections';
import { CommitLost, queryFailed } from './sql-errors';

/** Bounds of one shared COMMIT, and how long another process may hold the file. */
export interface WriterLimits {
  readonly maxUnits: number;
  readonly maxMs: number;
  readonly lockWaitMs: number;
}

const DEFAULT_LIMITS: WriterLimits = { maxUnits: 128, maxMs: 20, lockWaitMs: 15_000 };

interface Waiting {
  readonly alone: boolean;
  readonly start: (slot: WriteSlot) => void;
  readonly refuse: (error: unknown) => void;
}

/** The right to write, held by one unit of work at a time. */
export class WriteSlot {
  private open = true;
  private settle: (keep: boolean) => void = () => undefined;
  /** Resolves with the holder's wish once it is done. */
  readonly done: Promise<boolean>;
  private acknowledge: () => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;
  private readonly committed: Promise<void>;

  constructor(private readonly connection: SqliteConnection) {
    this.done = new Promise((resolve) => (this.settle = resolve));
    this.committed = new Promise((resolve, reject) => {
      this.acknowledge = resolve;
      this.fail = reject;
    });
    // The holder may never ask (it rolls back and forgets); the failure reaches whoever does.
    this.committed.catch(() => undefined);
  }

  run(sql: string, values: readonly unknown[]): StatementOutcome {
    if (!this.open) throw new Error('the unit of work has ended: await every statement inside UnitOfWork.run');
    if (!this.connection.raw.inTransaction) throw new CommitLost(undefined);
    return this.connection.run(sql, values);
  }

  /** Whether SQLite has undone the transaction by itself (full disk, input or output error). */
  get lost(): boolean {
    return this.open && !this.connection.raw.inTransaction;
  }

  /** Keeps or undoes what was written, passes the right on, and resolves once the shared COMMIT is on the disk. */
  finish(keep: boolean): Promise<void> {
    this.open = false;
    this.settle(keep);
    return this.committed;
  }

  /** The COMMIT that holds this unit has returned, or failed. */
  close(failure?: CommitLost): void {
    this.open = false;
    if (failure === undefined) this.acknowledge();
    else this.fail(failure);
  }
}

const loopTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The only writer of a SQLite file. A COMMIT waits for the disk, so many units of work share one: BEGIN IMMEDIATE,
 * then each waiting unit in turn between SAVEPOINT and RELEASE, then COMMIT, and only then does any of them learn its
 * outcome, good or bad.
 *
 * Invariants: one unit writes at a time; a unit that fails undoes itself alone (ROLLBACK TO its SAVEPOINT); nobody is
 * acknowledged before the COMMIT returned, not even with an error, since the error may rest on rows of a neighbour
 * that were never stored. When the COMMIT fails, or SQLite undoes the transaction in the middle, every unit of the
 * group fails with `CommitLost`, and `UnitOfWork` runs each again by itself.
 *
 * A group ends when nobody came within one turn of the event loop, or at `maxUnits` or `maxMs`.
 */
export class SqliteWriter {
  private readonly queue: Waiting[] = [];
  private pumping: Promise<void> | null = null;
  private closed = false;
  private readonly limits: WriterLimits;
  /** COMMITs and the units in them, for metrics. */
  readonly totals = { commits: 0, units: 0 };

  constructor(
    private readonly connection: SqliteConnection,
    limits: Partial<WriterLimits> = {},
  ) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** How many wait for their turn, for metrics. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Waits for its turn. `alone` = share the COMMIT with nobody. */
  acquire(options: { readonly alone: boolean } = { alone: false }): Promise<WriteSlot> {
    if (this.closed) return Promise.reject(new Error('the database is closed'));
    return new Promise((start, refuse) => {
      this.queue.push({ alone: options.alone, start, refuse });
      this.pumping ??= this.pump();
    });
  }

  /** Lets the running units end, refuses the waiting ones. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0)) waiting.refuse(new Error('the database is closed'));
    await this.pumping;
  }

  private async pump(): Promise<void> {
    while (this.queue.length > 0) {
      try {
        await this.begin();
      } catch (error) {
        this.queue.shift()?.refuse(queryFailed('BEGIN IMMEDIATE', error));
        continue;
      }
      await this.group();
    }
    this.pumping = null;
  }

  /** Another process may hold the lock: waits for it without blocking this one. */
  private async begin(): Promise<void> {
    const deadline = performance.now() + this.limits.lockWaitMs;
    for (;;) {
      try {
        this.connection.raw.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const busy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
        if (!busy || performance.now() > deadline) throw error;
        await sleep(20 + Math.random() * 30);
      }
    }
  }

  private async group(): Promise<void> {
    const slots: WriteSlot[] = [];
    const deadline = performance.now() + this.limits.maxMs;
    let failure: CommitLost | undefined;
    for (;;) {
      const next = await this.next(slots.length, deadline);
      if (next === undefined) break;
      const slot = new WriteSlot(this.connection);
      slots.push(slot);
      try {
        await this.unit(next, slot);
      } catch (error) {
        failure = new CommitLost(error);
        break;
      }
      if (next.alone) break;
    }
    failure ??= this.commit();
    if (failure !== undefined) this.undo();
    this.totals.commits += 1;
    this.totals.units += slots.length;
    for (const slot of slots) slot.close(failure);
  }

  private async next(taken: number, deadline: number): Promise<Waiting | undefined> {
    if (taken >= this.limits.maxUnits || (taken > 0 && performance.now() > deadline)) return undefined;
    if (taken > 0 && this.queue.length === 0) await loopTurn();
    if (taken > 0 && this.queue[0]?.alone === true) return undefined;
    return this.queue.shift();
  }

  private async unit(waiting: Waiting, slot: WriteSlot): Promise<void> {
    const { raw } = this.connection;
    try {
      raw.exec('SAVEPOINT unit');
    } catch (error) {
      waiting.refuse(new CommitLost(error));
      throw error;
    }
    waiting.start(slot);
    const keep = await slot.done;
    if (!raw.inTransaction) throw new Error('SQLite undid the transaction');
    raw.exec(keep ? 'RELEASE unit' : 'ROLLBACK TO unit; RELEASE unit');
  }

  private commit(): CommitLost | undefined {
    try {
      this.connection.raw.exec('COMMIT');
      return undefined;
    } catch (error) {
      return new CommitLost(error);
    }
  }

  private undo(): void {
    if (this.connection.raw.inTransaction) this.connection.raw.exec('ROLLBACK');
  }
}
