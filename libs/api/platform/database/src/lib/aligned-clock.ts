import { Clock } from '@tollgate/api/kernel';
import type { Database } from './database';
import type { Readiness } from './readiness';

const ALIGN_EVERY_MS = 30_000;
const MAX_APART_MS = 2_000;

const NOW_SQL = {
  sqlite: `SELECT CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER) AS now_ms`,
  mysql: 'SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS now_ms',
} as const;

/**
 * The database's time, so that several processes agree about when a code or a lease ends. Measured at start and every
 * 30 s at half the round trip, and carried on by the monotonic clock in between, so a step of the machine's clock
 * changes nothing. Invariant: within a process it never goes back by less than 2 s; a larger step of the database's
 * clock is followed. A machine more than 2 s from its database is not ready: certificates and logs would be wrong.
 */
export class AlignedClock extends Clock {
  private base = Date.now();
  private measuredAt = performance.now();
  private latest = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly database: Database) {
    super();
  }

  recordedAt(): number {
    const now = Math.round(this.base + performance.now() - this.measuredAt);
    if (now < this.latest && this.latest - now < MAX_APART_MS) return this.latest;
    this.latest = now;
    return now;
  }

  /** Aligns now and every 30 s until `stop`. A failed measurement keeps the last one: the cache probe reports outages. */
  async start(readiness: Readiness): Promise<void> {
    readiness.add('clock', () => this.problem());
    await this.align();
    this.timer = setInterval(() => void this.align().catch(() => undefined), ALIGN_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  async align(): Promise<void> {
    const sent = performance.now();
    const [row] = await this.database.query<{ now_ms: number }>(NOW_SQL[this.database.engine]);
    const received = performance.now();
    if (row === undefined) throw new Error('the database did not tell the time');
    this.base = Number(row.now_ms);
    this.measuredAt = (sent + received) / 2;
  }

  private problem(): string | null {
    const apart = Math.abs(Date.now() - this.recordedAt());
    return apart > MAX_APART_MS ? `this machine's clock is ${apart} ms from the database's` : null;
  }
}
