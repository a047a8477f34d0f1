import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { RequestContext } from '@tollgate/api/kernel';
import { contentionPause, MAX_ATTEMPTS } from './contention';
import { finalError, isContentionError } from './engine/sql-errors';
import type { FencedRunner, TransactionContext, Unit } from './transaction-context';
import { UnitOfWork } from './unit-of-work';

/** A transaction that is still open after this long waits for something that it must not: it is rolled back. */
const MAX_DURATION_MS = 30_000;

export class TransactionalUnitOfWork extends UnitOfWork {
  /** For metrics: how often a unit ran again. */
  retries = 0;
  /** For metrics: how many were committed. */
  committed = 0;
  private readonly logger = new Logger('UnitOfWork');
  private readonly participants: ((result: unknown) => Promise<void>)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly context: TransactionContext,
    private readonly maxDurationMs = MAX_DURATION_MS,
  ) {
    super();
  }

  get active(): boolean {
    return this.context.peek() !== null;
  }

  afterCommit(fn: () => void): void {
    const unit = this.context.current();
    if (unit === null) this.call(fn);
    else unit.hooks.push(fn);
  }

  beforeCommit(participant: (result: unknown) => Promise<void>): void {
    this.participants.push(participant);
  }

  forbidInside(what: string): void {
    if (this.active)
      throw new Error(`${what} must not happen inside a unit of work: it would hold its locks meanwhile`);
  }

  async run<T>(fn: () => Promise<T>): Promise<T> {
    const outer = this.context.current();
    if (outer !== null) return this.join(outer, fn);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(fn, attempt > 1);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !isContentionError(error)) throw finalError(error);
        this.retries += 1;
        await contentionPause(attempt);
      }
    }
  }

  /**
   * A nested run is part of the outer transaction. When it fails before it changed a row the outer one may catch the
   * error and go on; after that, half of its work is in the transaction, so the whole can only be rolled back.
   */
  private async join<T>(unit: Unit, fn: () => Promise<T>): Promise<T> {
    const before = unit.runner.writes;
    try {
      return await fn();
    } catch (error) {
      if (unit.runner.writes > before) unit.doomed ??= { cause: error };
      throw error;
    }
  }

  private async attempt<T>(fn: () => Promise<T>, alone: boolean): Promise<T> {
    const runner = this.dataSource.createQueryRunner() as FencedRunner;
    runner.alone = alone;
    const unit: Unit = { runner, manager: runner.manager, hooks: [], doomed: null, ended: false };
    let result: T;
    try {
      await runner.startTransaction();
      try {
        result = await this.bounded(unit, fn);
      } catch (error) {
        unit.ended = true;
        await runner.rollbackTransaction();
        throw error;
      }
      await runner.commitTransaction();
      this.committed += 1;
    } catch (error) {
      // What fn makes of a deadlock may hide it; the engine's own word decides whether to run again.
      throw runner.lost ?? error;
    } finally {
      unit.ended = true;
      await runner.release();
    }
    for (const hook of unit.hooks) this.call(hook);
    return result;
  }

  /** What is committed is done: a hook that throws must not make its caller believe otherwise. */
  private call(hook: () => void): void {
    try {
      RequestContext.outside(hook);
    } catch (error) {
      this.logger.error(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async bounded<T>(unit: Unit, fn: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`a unit of work was open for ${this.maxDurationMs} ms and was rolled back`)),
        this.maxDurationMs,
      );
    });
    try {
      const result = await Promise.race([this.context.inside(unit, () => this.complete(fn)), overdue]);
      if (unit.runner.lost !== undefined) throw unit.runner.lost;
      if (unit.doomed !== null) {
        throw new Error('a nested unit of work failed after it had written, and its error was swallowed', {
          cause: unit.doomed.cause,
        });
      }
      unit.ended = true;
      return result;
    } finally {
      clearTimeout(timer);
    }
  }

  private async complete<T>(fn: () => Promise<T>): Promise<T> {
    const result = await fn();
    for (const participant of this.participants) await participant(result);
    return result;
  }
}
