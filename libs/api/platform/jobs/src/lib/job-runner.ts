import { Clock } from '@tollgate/api/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { JobExecution } from './job-execution';
import { JobRegistry } from './job-registry';
import { JobRows, type ClaimedJob } from './persistence/job-rows';
import { MAX_ATTEMPTS } from './retry-delay';
import { WakeUp } from './wake-up';

/** How long a job belongs to a process that says nothing more; renewed three times in that time while it runs. */
const LEASE_MS = 15_000;
/** A handler that takes longer is hung: its lease is let go, and another process or try takes over. */
const MAX_RUN_MS = 10 * 60_000;
const CONCURRENCY = 16;
const POLL_MS = 1_000;
const RECLAIM_EVERY_MS = 5_000;
const FLUSH_MS = 15;
const DRAIN_MS = 20_000;

interface Running {
  readonly job: ClaimedJob;
  readonly since: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs due jobs in this process. Claims are batched, at most `CONCURRENCY` handlers run at once, and finished jobs are
 * stored together: a crash in between runs them again, which handlers must bear. On shutdown it claims nothing more,
 * waits for what runs, and stores it; what did not end in time is run by whoever finds its lease expired.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger('Jobs');
  private readonly running = new Set<Running>();
  private finished: ClaimedJob[] = [];
  private flushing: Promise<void> | null = null;
  private stored: Promise<void> = Promise.resolve();
  private stopping = false;
  private stopped: Promise<void> | null = null;
  private loop: Promise<void> | null = null;
  private timers: NodeJS.Timeout[] = [];
  private notify: () => void = () => undefined;
  private woken = false;

  constructor(
    private readonly rows: JobRows,
    private readonly registry: JobRegistry,
    private readonly execution: JobExecution,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
  ) {}

  async start(): Promise<void> {
    await this.wakeUp.start({ any: () => this.wake(), one: (id) => this.runOne(id) });
    this.every(LEASE_MS / 3, () => this.renew());
    this.every(RECLAIM_EVERY_MS, () => this.reclaim());
    this.loop = this.work();
  }

  /** Ends once what runs has ended and is stored, or after `DRAIN_MS`. */
  stop(): Promise<void> {
    this.stopped ??= this.drainAndStop();
    return this.stopped;
  }

  private async drainAndStop(): Promise<void> {
    this.stopping = true;
    this.wake();
    for (const timer of this.timers) clearInterval(timer);
    await this.loop;
    const giveUp = new AbortController();
    const ended = (async () => {
      await this.wakeUp.stop();
      while (this.running.size > 0 && !giveUp.signal.aborted) await sleep(10);
    })();
    const timer = setTimeout(() => giveUp.abort(), DRAIN_MS);
    const late = new Promise<void>((resolve) => giveUp.signal.addEventListener('abort', () => resolve()));
    await Promise.race([ended, late]);
    clearTimeout(timer);
    await this.flush();
  }

  /** Runs everything that is due until nothing is, for specs; returns how many jobs ended well and how many failed. */
  async drain(): Promise<{ done: number; failed: number }> {
    const totals = { done: 0, failed: 0 };
    await this.reclaim();
    for (;;) {
      const jobs = await this.claimDue(CONCURRENCY, 0);
      if (jobs.length === 0) return totals;
      const outcomes = await Promise.all(jobs.map((job) => this.execution.run(job)));
      const done = jobs.filter((_, index) => outcomes[index] === true);
      await this.rows.done(done, this.clock.recordedAt());
      totals.done += done.length;
      totals.failed += jobs.length - done.length;
    }
  }

  private wake(): void {
    this.woken = true;
    this.notify();
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const free = CONCURRENCY - this.running.size;
      let claimed: ClaimedJob[] = [];
      try {
        if (free > 0) claimed = await this.claimDue(free, this.wakeUp.graceMs);
      } catch (error) {
        this.logger.error(`jobs cannot be claimed: ${String(error)}`);
        await sleep(POLL_MS);
      }
      for (const job of claimed) void this.runInBackground(job);
      if (claimed.length === 0 || this.running.size >= CONCURRENCY) await this.idle();
    }
  }

  /** Until somebody wakes us, a handler ends, or it is time to look again. */
  private async idle(): Promise<void> {
    if (this.woken) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.notify = resolve;
      timer = setTimeout(resolve, POLL_MS);
      timer.unref();
    });
    clearTimeout(timer);
    this.notify = () => undefined;
  }

  private async claimDue(limit: number, graceMs: number): Promise<ClaimedJob[]> {
    const now = this.clock.recordedAt();
    const ids = await this.rows.due(this.registry.types, now - graceMs, limit);
    return this.rows.claim(ids, now, now + LEASE_MS);
  }

  /** A job that was announced to this process by name. */
  private async runOne(jobId: string): Promise<void> {
    if (this.stopping) return;
    const now = this.clock.recordedAt();
    const [job] = await this.rows.claim([jobId], now, now + LEASE_MS);
    if (job !== undefined) await this.runInBackground(job);
  }

  private async runInBackground(job: ClaimedJob): Promise<void> {
    const entry: Running = { job, since: performance.now() };
    this.running.add(entry);
    try {
      if (await this.execution.run(job)) {
        this.finished.push(job);
        this.flushing ??= sleep(FLUSH_MS).then(() => this.flush());
      }
    } catch (error) {
      // Its failure could not be stored: the lease will end, and somebody will try it again.
      this.logger.error(`${job.type} ${job.id} could not be put back: ${String(error)}`);
    } finally {
      this.running.delete(entry);
      this.wake();
    }
  }

  /** Stores what has ended. Resolves once everything that had ended before the call is stored. */
  private flush(): Promise<void> {
    this.flushing = null;
    this.stored = this.stored.then(async () => {
      const jobs = this.finished;
      this.finished = [];
      try {
        await this.rows.done(jobs, this.clock.recordedAt());
      } catch (error) {
        this.logger.error(`finished jobs could not be stored and will run again: ${String(error)}`);
      }
    });
    return this.stored;
  }

  private async renew(): Promise<void> {
    const young = [...this.running].filter(({ since }) => performance.now() - since < MAX_RUN_MS);
    await this.rows.renew(
      young.map(({ job }) => job),
      this.clock.recordedAt() + LEASE_MS,
    );
  }

  private async reclaim(): Promise<void> {
    if ((await this.rows.reclaim(this.clock.recordedAt(), MAX_ATTEMPTS)) > 0) this.wake();
  }

  private every(ms: number, fn: () => Promise<void>): void {
    const timer = setInterval(() => {
      fn().catch((error: unknown) => this.logger.error(`job upkeep failed: ${String(error)}`));
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }
}
