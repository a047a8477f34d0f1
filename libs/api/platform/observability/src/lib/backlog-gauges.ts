import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobBacklog } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { Instruments } from './instruments';

/** How much background work waits, for Prometheus. */
@Injectable()
export class BacklogGauges implements OnModuleInit {
  constructor(
    private readonly instruments: Instruments,
    private readonly backlog: JobBacklog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const age = this.instruments.gauge({
      name: 'tollgate_jobs_oldest_due_seconds',
      help: 'How long the oldest due job has been waiting',
    });
    this.instruments.gauge({ name: 'tollgate_jobs', help: 'Jobs by state', labels: ['state'] }, async (gauge) => {
      const { waiting, running, dead, oldestDueAt } = await this.backlog.read();
      gauge.set({ state: 'waiting' }, waiting);
      gauge.set({ state: 'running' }, running);
      gauge.set({ state: 'dead' }, dead);
      age.set(oldestDueAt === null ? 0 : Math.max(0, this.clock.recordedAt() - oldestDueAt) / 1000);
    });
  }
}
