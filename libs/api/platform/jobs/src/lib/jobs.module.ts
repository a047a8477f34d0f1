import { Config } from '@tollgate/api/config';
import { Clock } from '@tollgate/api/kernel';
import {
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { createHash } from 'node:crypto';
import { BullmqWakeUp } from './bullmq-wake-up';
import { BackgroundWork, JobBacklog, JobHandlers, JobQueue } from './job-queue';
import { JobExecution } from './job-execution';
import { JobRegistry } from './job-registry';
import { JobRunner } from './job-runner';
import { OutboxQueue } from './outbox-queue';
import { JobRows } from './persistence/job-rows';
import { jobsSchema } from './persistence/migrations';
import { ScheduleRows } from './persistence/schedule-rows';
import { Retention } from './retention';
import { ScheduleRunner } from './schedule-runner';
import { StoredJobBacklog } from './stored-job-backlog';
import { LocalWakeUp, WakeUp } from './wake-up';

const AUTOMATIC = Symbol('jobs run by themselves');
const PRUNE_EVERY_MS = 15 * 60_000;
const KEEP_DONE_MS = 24 * 3_600_000;
const KEEP_DEAD_MS = 30 * 24 * 3_600_000;
const PRUNE_BATCH = 500;

function wakeUpOf(config: Config): WakeUp {
  if (config.redisUrl === null) return new LocalWakeUp();
  const database = config.database.engine === 'mysql' ? config.database.url : config.database.file;
  return new BullmqWakeUp(
    config.redisUrl,
    `tollgate-${createHash('sha256').update(database).digest('hex').slice(0, 12)}`,
  );
}

/** Background work. Global: slices inject `JobQueue` and `JobHandlers` without importing anything. */
@Global()
@Module({})
export class JobsModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  static readonly schema = jobsSchema;

  constructor(
    @Inject(AUTOMATIC) private readonly automatic: boolean,
    private readonly runner: JobRunner,
    private readonly schedules: ScheduleRunner,
    private readonly handlers: JobHandlers,
    private readonly rows: JobRows,
    private readonly clock: Clock,
  ) {}

  /** `automatic: false` runs nothing by itself, for specs. */
  static forRoot(options: { readonly automatic: boolean } = { automatic: true }): DynamicModule {
    return {
      module: JobsModule,
      providers: [
        { provide: AUTOMATIC, useValue: options.automatic },
        { provide: BackgroundWork, useValue: { automatic: options.automatic } },
        {
          provide: WakeUp,
          inject: [Config],
          useFactory: (config: Config) => (options.automatic ? wakeUpOf(config) : new LocalWakeUp()),
        },
        JobRegistry,
        { provide: JobHandlers, useExisting: JobRegistry },
        { provide: JobQueue, useClass: OutboxQueue },
        { provide: JobBacklog, useClass: StoredJobBacklog },
        JobRows,
        Retention,
        ScheduleRows,
        JobExecution,
        JobRunner,
        ScheduleRunner,
      ],
      exports: [BackgroundWork, JobHandlers, JobQueue, JobBacklog, JobRunner, Retention, ScheduleRunner],
    };
  }

  onModuleInit(): void {
    this.handlers.schedule({ type: 'jobs.prune', everyMs: PRUNE_EVERY_MS }, () => this.prune());
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.automatic) return;
    await this.runner.start();
    this.schedules.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.automatic) return;
    await Promise.all([this.schedules.stop(), this.runner.stop()]);
  }

  private async prune(): Promise<void> {
    const now = this.clock.recordedAt();
    let removed = PRUNE_BATCH;
    while (removed === PRUNE_BATCH) {
      removed = await this.rows.prune(now - KEEP_DONE_MS, now - KEEP_DEAD_MS, PRUNE_BATCH);
    }
  }
}
