import { Clock } from '@tollgate/api/kernel';
import { Injectable, Logger } from '@nestjs/common';
import type { NewJob } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobRows, type ClaimedJob } from './persistence/job-rows';
import { MAX_ATTEMPTS, retryDelay } from './retry-delay';
import { WakeUp } from './wake-up';

const ERROR_LENGTH = 500;

/** What went wrong, for the row: the name and the first line, no stack, cut. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (text.split('\n')[0] ?? '').slice(0, ERROR_LENGTH);
}

/** Runs one claimed job and stores a failure. The caller stores success, in batches. */
@Injectable()
export class JobExecution {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly rows: JobRows,
    private readonly registry: JobRegistry,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
  ) {}

  /** True when the handler ended well; the job is `done` only once the caller has stored it, and may run again before. */
  async run(job: ClaimedJob): Promise<boolean> {
    const handler = this.registry.handlerOf(job.type);
    try {
      if (handler === undefined) throw new Error(`nobody handles jobs of type ${job.type}`);
      await handler(JSON.parse(job.payload) as NewJob['payload'], { jobId: job.id, attempt: job.attempts });
      return true;
    } catch (error) {
      await this.failed(job, error);
      return false;
    }
  }

  private async failed(job: ClaimedJob, error: unknown): Promise<void> {
    const now = this.clock.recordedAt();
    const text = errorText(error);
    if (job.attempts >= MAX_ATTEMPTS) {
      this.logger.error(`${job.type} ${job.id} is dead after ${job.attempts} tries: ${text}`);
      await this.rows.bury(job, now, text);
      return;
    }
    const delay = retryDelay(job.attempts, Math.random());
    this.logger.warn(`${job.type} ${job.id} failed try ${job.attempts}, again in ${delay} ms: ${text}`);
    await this.rows.retry(job, now + delay, text);
    this.wakeUp.announce(job.id, job.attempts, delay);
  }
}
