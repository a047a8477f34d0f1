import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Clock } from '@tollgate/api/kernel';
import { ConversionCounters, type ConversionSubject, type ConversionView } from './domain/conversion-counters';
import { DAY_MS } from './domain/conversion-tally';
import { StartAttempts, type StoredConversion } from './persistence/start-attempts';

/** How often a process reads what others counted, and how far back: a transaction may commit after a later one. */
const REFRESH_EVERY_MS = 2_000;
const OVERLAP_MS = 30_000;
/** Rows that a process reads when it starts: the newest of the last day. */
const MOST_LOADED = 300_000;

/**
 * Conversions of this installation as this process knows them. Its own at their commit; those of other processes (only
 * with Redis are there any) within two seconds. Loaded from the database before the first judgement.
 *
 * Race: a row may be heard of twice, at its commit and by reading; ids that were counted within the overlap are kept,
 * so each counts once. Failure: when it cannot be loaded, the start that asked fails; nothing is let through unjudged.
 */
@Injectable()
export class ConversionMemory implements OnApplicationBootstrap, OnModuleDestroy {
  private counters: ConversionCounters | null = null;
  /** What committed while the counters were being loaded. */
  private waiting: StoredConversion[] = [];
  /** Ids within the overlap, with their instant. */
  private readonly counted = new Map<string, number>();
  private loading: Promise<ConversionCounters> | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(StartAttempts) private readonly attempts: StartAttempts,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.redisUrl === null) return;
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  async view(subject: ConversionSubject, atMs: number): Promise<ConversionView> {
    return (await this.loaded()).view(subject, atMs);
  }

  /** After the commit of the row. What came before the first judgement is found when the counters are loaded. */
  note(conversion: StoredConversion): void {
    if (this.counters !== null) this.count(this.counters, conversion);
    else if (this.loading !== null) this.waiting.push(conversion);
  }

  /** Reads what other processes have written. */
  async refresh(): Promise<void> {
    if (this.counters === null) return;
    const rows = await this.attempts.since(this.clock.recordedAt() - OVERLAP_MS, MOST_LOADED);
    for (const row of rows.reverse()) this.count(this.counters, row);
  }

  private count(counters: ConversionCounters, conversion: StoredConversion): void {
    if (this.counted.has(conversion.id)) return;
    this.counted.set(conversion.id, conversion.at);
    counters.add(conversion);
    for (const [id, at] of this.counted) {
      if (at >= conversion.at - 2 * OVERLAP_MS) break;
      this.counted.delete(id);
    }
  }

  private loaded(): Promise<ConversionCounters> {
    if (this.counters !== null) return Promise.resolve(this.counters);
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = null;
      this.waiting = [];
      throw error;
    });
    return this.loading;
  }

  private async load(): Promise<ConversionCounters> {
    const now = this.clock.recordedAt();
    const today = now - (now % DAY_MS);
    const counters = new ConversionCounters();
    const rows = await this.attempts.since(now - DAY_MS, MOST_LOADED);
    for (const row of rows.reverse()) this.count(counters, row);
    for (const { organizationId, country, day, ...conversion } of await this.attempts.days(today - 14 * DAY_MS)) {
      if (day < today) counters.setDay(organizationId, country, day, conversion);
    }
    for (const conversion of this.waiting.splice(0)) this.count(counters, conversion);
    this.counters = counters;
    return counters;
  }
}
