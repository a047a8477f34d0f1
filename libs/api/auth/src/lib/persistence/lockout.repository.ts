import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { LOCKOUTS, waitAfter, type LockoutKind } from '../domain/lockout';

export interface Counter {
  readonly kind: LockoutKind;
  /** Kind and keyed hash: nothing of an address or a person. */
  readonly key: string;
}

export interface CountedAttempt extends Counter {
  readonly failures: number;
  /** Epoch ms until when the next attempt has to wait; 0 = not at all. */
  readonly blockedUntil: number;
}

/**
 * Counters of failed attempts. An attempt is counted as failed before it is judged, and taken back when it was right:
 * of any number of guesses in parallel no more than the free ones are ever judged.
 */
@Injectable()
export class LockoutRepository {
  constructor(private readonly database: Database) {}

  /** Counts one attempt, in the caller's transaction. Null when the counter is blocked; then nothing was counted. */
  async count(counter: Counter, nowMs: number): Promise<CountedAttempt | null> {
    const rule = LOCKOUTS[counter.kind];
    const counted = await this.database.execute(
      `UPDATE lockout SET failures = CASE WHEN updated_at < ? THEN 1 ELSE failures + 1 END, updated_at = ?
       WHERE counter = ? AND blocked_until <= ?`,
      [nowMs - rule.forgetMs, nowMs, counter.key, nowMs],
    );
    if (counted.affected === 0 && !(await this.begin(counter, nowMs))) return null;
    // The row is ours until the transaction ends: the next attempt sees the wait that is written here.
    const [row] = await this.database.query<{ failures: number }>('SELECT failures FROM lockout WHERE counter = ?', [
      counter.key,
    ]);
    const failures = row?.failures ?? 1;
    const wait = waitAfter(rule, failures);
    const blockedUntil = wait === 0 ? 0 : nowMs + wait;
    if (wait > 0) {
      await this.database.execute('UPDATE lockout SET blocked_until = ? WHERE counter = ?', [
        blockedUntil,
        counter.key,
      ]);
    }
    return { ...counter, failures, blockedUntil };
  }

  /** Epoch ms until when the counter is blocked; 0 when it is not. */
  async blockedUntil(counter: Counter): Promise<number> {
    const [row] = await this.database.query<{ blocked_until: number }>(
      'SELECT blocked_until FROM lockout WHERE counter = ?',
      [counter.key],
    );
    return Number(row?.blocked_until ?? 0);
  }

  /** The person has proven to be right: their failures are forgotten. */
  async forget(counter: Counter): Promise<void> {
    await this.database.execute('DELETE FROM lockout WHERE counter = ?', [counter.key]);
  }

  /** Takes back one attempt that was right, and the wait that it alone brought. */
  async takeBack(counted: CountedAttempt): Promise<void> {
    await this.database.execute(
      `UPDATE lockout SET failures = CASE WHEN failures > 0 THEN failures - 1 ELSE 0 END,
         blocked_until = CASE WHEN blocked_until = ? THEN 0 ELSE blocked_until END
       WHERE counter = ?`,
      [counted.blockedUntil, counted.key],
    );
  }

  /** @returns how many counters nobody has touched since */
  async sweep(beforeMs: number): Promise<number> {
    const { affected } = await this.database.execute('DELETE FROM lockout WHERE updated_at < ?', [beforeMs]);
    return affected;
  }

  /** The counter's first row. False when it exists, and so is blocked. */
  private async begin(counter: Counter, nowMs: number): Promise<boolean> {
    try {
      await this.database.execute(
        'INSERT INTO lockout (counter, failures, blocked_until, updated_at) VALUES (?, 1, 0, ?)',
        [counter.key, nowMs],
      );
      return true;
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
    }
    // Somebody else's first attempt came between; it has committed, or the insert would still wait.
    const again = await this.database.execute(
      'UPDATE lockout SET failures = failures + 1, updated_at = ? WHERE counter = ? AND blocked_until <= ?',
      [nowMs, counter.key, nowMs],
    );
    return again.affected === 1;
  }
}
