import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobBacklog } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { Instruments } from './instruments';

type Backlog = Awaited<ReturnType<JobBacklog['read']>>;

/** How much background work waits, for Prometheus. */
@Injectable()
export class BacklogGauges implements OnModuleInit {
  private reading: Promise<Backlog> | null = null;

  constructor(
    private readonly instruments: Instruments,
    private readonly backlog: JobBacklog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.instruments.gauge(
      { name: 'tollgate_jobs_oldest_due_seconds', help: 'How long the oldest due job has been waiting' },
      async (gauge) => {
        const { oldestDueAt } = await this.read();
        gauge.set(oldestDueAt === null ? 0 : Math.max(0, this.clock.recordedAt() - oldestDueAt) / 1000);
      },
    );
    this.instruments.gauge({ name: 'tollgate_jobs', help: 'Jobs by state', labels: ['state'] }, async (gauge) => {
      const { waiting, running, dead } = await this.read();
      gauge.set({ state: 'waiting' }, waiting);
      gauge.set({ state: 'running' }, running);
      gauge.set({ state: 'dead' }, dead);
    });
  }

  /** The gauges of one scrape are asked together and share one question; each awaits it, so none is a scrape old. */
  private read(): Promise<Backlog> {
    this.reading ??= this.backlog.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }
}
