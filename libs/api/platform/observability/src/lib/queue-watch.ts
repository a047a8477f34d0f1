import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JobBacklog } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';

const LOOK_EVERY_MS = 5_000;
/** A due job that waits this long means that the runners are stuck or far too few. */
const LATE_MS = 60_000;

/**
 * Whether background work keeps up, for `/readyz`. It says so and no more: a process whose jobs are late still answers
 * requests, and taking every process away because of a backlog would make an outage of it.
 */
@Injectable()
export class QueueWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('QueueWatch');
  private timer: NodeJS.Timeout | null = null;
  private late = false;

  constructor(
    private readonly backlog: JobBacklog,
    private readonly clock: Clock,
  ) {}

  get state(): 'ok' | 'late' {
    return this.late ? 'late' : 'ok';
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      const { oldestDueAt, waiting } = await this.backlog.read();
      const late = oldestDueAt !== null && this.clock.recordedAt() - oldestDueAt > LATE_MS;
      if (late && !this.late) this.logger.warn({ msg: 'background work is late', waiting });
      this.late = late;
    } catch {
      // The database is away: its own probe says so.
    }
  }
}
