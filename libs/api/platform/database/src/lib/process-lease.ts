import { newId, type Clock } from '@tollgate/api/kernel';
import type { Database } from './database';
import type { Readiness } from './readiness';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface LeaseTimes {
  /** How long a lease lasts without renewal. */
  readonly ttlMs: number;
  /** How long a new process waits for the lease of one that may have crashed. */
  readonly waitMs: number;
}

const DEFAULT_TIMES: LeaseTimes = { ttlMs: 6_000, waitMs: 15_000 };

/**
 * MySQL without Redis serves one process: limits live in its memory. The process holds a row of `process_lease` and
 * renews it; a second one waits for it to end and then gives up with a sentence. Whoever could not renew for the
 * lease's length is not ready, so that two never serve at once; it takes the lease back when nobody else has.
 */
export class ProcessLease {
  private readonly holder = newId('act');
  private validUntil = 0;
  private timer: NodeJS.Timeout | null = null;
  private renewing: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly name = 'api',
    private readonly times: LeaseTimes = DEFAULT_TIMES,
  ) {}

  /** Throws when another process keeps the lease. */
  async start(readiness: Readiness): Promise<void> {
    const deadline = performance.now() + this.times.waitMs;
    while (!(await this.take())) {
      if (performance.now() > deadline) {
        throw new Error(
          'another Tollgate process uses this database: set REDIS_URL for all of them to run several, or stop the other',
        );
      }
      await sleep(Math.min(500, this.times.ttlMs / 4));
    }
    readiness.add('lease', () => (performance.now() < this.validUntil ? null : 'another process may hold the lease'));
    this.timer = setInterval(() => {
      this.renewing ??= this.take()
        .then(
          () => undefined,
          () => undefined,
        )
        .finally(() => (this.renewing = null));
    }, this.times.ttlMs / 3);
    this.timer.unref();
  }

  /** Gives the lease back, so that the next process need not wait. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.renewing;
    this.validUntil = 0;
    await this.database.execute('DELETE FROM process_lease WHERE name = ? AND holder = ?', [this.name, this.holder]);
  }

  /** Takes or renews it by one guarded statement. Validity counts from before the question. */
  private async take(): Promise<boolean> {
    const asked = performance.now();
    const now = this.clock.recordedAt();
    const { affected } = await this.database.execute(
      'UPDATE process_lease SET holder = ?, expires_at = ? WHERE name = ? AND (holder = ? OR expires_at < ?)',
      [this.holder, now + this.times.ttlMs, this.name, this.holder, now],
    );
    const got = affected === 1 || (await this.create(now + this.times.ttlMs));
    if (got) this.validUntil = asked + this.times.ttlMs;
    return got;
  }

  private async create(expiresAt: number): Promise<boolean> {
    try {
      const values = [this.name, this.holder, expiresAt];
      await this.database.execute('INSERT INTO process_lease (name, holder, expires_at) VALUES (?, ?, ?)', values);
      return true;
    } catch (error) {
      if (this.database.isDuplicate(error)) return false;
      throw error;
    }
  }
}
