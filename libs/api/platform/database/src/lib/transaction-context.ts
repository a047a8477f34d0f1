import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, QueryRunner } from 'typeorm';

/** What both engines' query runners add for transactions. */
export interface FencedRunner extends QueryRunner {
  /** Statements that changed rows so far. */
  readonly writes: number;
  /** Why the engine gave the transaction up on its own (deadlock, full disk); undefined while it stands. */
  readonly lost: unknown;
  /** Asks that the next transaction shares no COMMIT with others (SQLite); nothing on MySQL. */
  alone: boolean;
  /** After how long without an answer the server is given up (MySQL). */
  statementTimeoutMs: number;
}

/** The transaction of one flow of control. */
export interface Unit {
  readonly runner: FencedRunner;
  readonly manager: EntityManager;
  readonly hooks: (() => void)[];
  /** Set when something inside failed after it had changed rows: the whole can only be rolled back. */
  doomed: { readonly cause: unknown } | null;
  ended: boolean;
}

/**
 * Which transaction the running code belongs to. Invariant: inside a unit every statement goes through the unit's own
 * runner. Race it prevents: a statement on another connection would commit although the unit rolls back, or, on
 * SQLite, wait for a writer that waits for it. It fails by throwing before anything is sent.
 */
export class TransactionContext {
  private readonly storage = new AsyncLocalStorage<Unit | null>();

  /** The open unit, or null. Throws in code that outlived its unit: its statement would no longer be undone. */
  current(): Unit | null {
    const unit = this.storage.getStore() ?? null;
    if (unit?.ended === true) {
      throw new Error('the unit of work of this code has ended: await every statement inside UnitOfWork.run');
    }
    return unit;
  }

  /** Like `current`, but also null in code that outlived its unit. */
  peek(): Unit | null {
    const unit = this.storage.getStore() ?? null;
    return unit === null || unit.ended ? null : unit;
  }

  inside<T>(unit: Unit, fn: () => Promise<T>): Promise<T> {
    return this.storage.run(unit, fn);
  }

  outside<T>(fn: () => T): T {
    return this.storage.run(null, fn);
  }

  /** Throws when the running code is inside a unit and this runner is not the unit's. */
  assertOwn(runner: QueryRunner): void {
    const unit = this.current();
    if (unit !== null && unit.runner !== runner) {
      throw new Error('this statement bypasses the open unit of work: use Database, not another manager or connection');
    }
  }
}
