import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId } from '@tollgate/api/kernel';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { JobQueue, type NewJob } from './job-queue';
import { JobRows } from './persistence/job-rows';
import { WakeUp } from './wake-up';

@Injectable()
export class OutboxQueue extends JobQueue {
  constructor(
    private readonly rows: JobRows,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
  ) {
    super();
  }

  /**
   * Race: a job with the same dedupe key may be claimed while this transaction is open, and would then run without
   * seeing it. On MySQL the failed insert leaves a lock on the waiting row until this transaction ends, so the claim
   * waits; on SQLite there is one writer.
   */
  async enqueue(job: NewJob): Promise<void> {
    const now = this.clock.recordedAt();
    const id = newId('job', now);
    const runAt = job.runAt ?? now;
    const waitingKey =
      job.dedupeKey === undefined
        ? null
        : createHash('sha256')
            .update(JSON.stringify([job.type, job.dedupeKey]))
            .digest('hex');
    await this.unitOfWork.run(async () => {
      const row = { id, type: job.type, payload: JSON.stringify(job.payload), waitingKey, runAt, createdAt: now };
      if (await this.rows.insert(row)) {
        this.unitOfWork.afterCommit(() => this.wakeUp.announce(id, 0, runAt - now));
      }
    });
  }
}
