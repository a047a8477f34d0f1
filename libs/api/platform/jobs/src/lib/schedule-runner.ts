import { Clock, newId } from '@tollgate/api/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { errorText } from './job-execution';
import { JobRegistry, type ScheduledHandler } from './job-registry';
import { ScheduleRows } from './persistence/schedule-rows';

const LEASE_MS = 15_000;
/** Schedules that run more often than this are kept by their holder between runs: each run would be two more writes. */
const STICKY_BELOW_MS = 10_000;
/** How often the others look whether the holder has gone. */
const LOOK_EVERY_MS = 30_000;
const LOOK_AT_STICKY_EVERY_MS = 1_000;

/**
 * Runs each schedule in one process of all. Its row carries a lease that is taken by a guarded UPDATE and renewed while
 * the handler runs; a process that dies loses it within `LEASE_MS`. Two runs of one schedule never overlap.
 */
@Injectable()
export class ScheduleRunner {
  private readonly logger = new Logger('Jobs');
  private readonly holder = newId('job');
  private readonly stop$ = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly rows: ScheduleRows,
    private readonly registry: JobRegistry,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.loops = this.registry.schedules.map((entry) => this.keep(entry));
  }

  /** Ends once no handler runs, and gives its schedules back. */
  async stop(): Promise<void> {
    this.stop$.abort();
    await Promise.all(this.loops);
  }

  /** Runs a schedule's handler once, whoever holds it, for specs. */
  async runNow(type: string): Promise<void> {
    const entry = this.registry.scheduleOf(type);
    if (entry === undefined) throw new Error(`there is no schedule ${type}`);
    await entry.handler({}, { jobId: newId('job'), attempt: 1 });
  }

  private async keep(entry: ScheduledHandler): Promise<void> {
    const { type, everyMs } = entry.schedule;
    while (!this.stop$.signal.aborted) {
      let wait = LEASE_MS / 3;
      try {
        const now = this.clock.recordedAt();
        const nextAt = await this.rows.nextAt(type, now);
        wait = Math.min(
          Math.max(nextAt - now, 50),
          everyMs < STICKY_BELOW_MS ? LOOK_AT_STICKY_EVERY_MS : LOOK_EVERY_MS,
        );
        if (nextAt <= now && (await this.rows.take(type, this.holder, now, now + LEASE_MS))) {
          await this.hold(entry);
          continue;
        }
      } catch (error) {
        this.logger.error(`the schedule ${type} cannot be read: ${errorText(error)}`);
      }
      await this.pause(wait);
    }
  }

  /** Runs it once, or again and again while it is a frequent one and the lease is ours. */
  private async hold({ schedule, handler }: ScheduledHandler): Promise<void> {
    const { type, everyMs } = schedule;
    let leaseEnds = performance.now() + LEASE_MS;
    let ours = true;
    const renew = async () => {
      const asked = performance.now();
      ours = await this.rows.renew(type, this.holder, this.clock.recordedAt() + LEASE_MS);
      leaseEnds = asked + LEASE_MS;
    };
    const timer = setInterval(() => void renew().catch(() => undefined), LEASE_MS / 3);
    let error: string | null = null;
    let ranAt: number;
    try {
      for (;;) {
        ranAt = this.clock.recordedAt();
        error = await this.attempt(type, handler);
        const again = everyMs < STICKY_BELOW_MS && ours && !this.stop$.signal.aborted;
        if (!again) break;
        await this.pause(ranAt + everyMs - this.clock.recordedAt());
        if (this.stop$.signal.aborted || !ours || performance.now() > leaseEnds - 1_000) break;
      }
    } finally {
      clearInterval(timer);
    }
    await this.rows.release(type, this.holder, ranAt, ranAt + everyMs, error);
  }

  private async attempt(type: string, handler: ScheduledHandler['handler']): Promise<string | null> {
    try {
      await handler({}, { jobId: newId('job'), attempt: 1 });
      return null;
    } catch (error) {
      this.logger.error(`the schedule ${type} failed: ${errorText(error)}`);
      return errorText(error);
    }
  }

  private pause(ms: number): Promise<void> {
    if (ms <= 0 || this.stop$.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.stop$.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      this.stop$.signal.addEventListener('abort', done);
    });
  }
}
