import { Clock } from '@tollgate/api/kernel';
import { Injectable } from '@nestjs/common';
import { JobBacklog, type BacklogFigures } from './job-queue';
import { JobRows } from './persistence/job-rows';

@Injectable()
export class StoredJobBacklog extends JobBacklog {
  constructor(
    private readonly rows: JobRows,
    private readonly clock: Clock,
  ) {
    super();
  }

  read(): Promise<BacklogFigures> {
    return this.rows.backlog(this.clock.recordedAt());
  }
}
