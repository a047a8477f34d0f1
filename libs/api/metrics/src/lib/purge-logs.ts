import { Injectable } from '@nestjs/common';
import { RequestLog } from './persistence/request-log';
import { UsageEvents } from './persistence/usage-events';

const BATCH = 500;

/** Removes old rows of both logs; rollups stay. */
@Injectable()
export class PurgeLogs {
  constructor(
    private readonly log: RequestLog,
    private readonly events: UsageEvents,
  ) {}

  requests(beforeMs: number): Promise<number> {
    return this.log.purge(beforeMs, BATCH);
  }

  usage(beforeMs: number): Promise<number> {
    return this.events.purge(beforeMs, BATCH);
  }
}
