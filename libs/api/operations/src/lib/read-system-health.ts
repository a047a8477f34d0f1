import { Injectable } from '@nestjs/common';
import type { ResultOf, systemHealth } from '@tollgate/contracts';
import { Config } from '@tollgate/api/config';
import { Database, Readiness } from '@tollgate/api/database';
import { JobBacklog } from '@tollgate/api/jobs';
import { Clock, VERSION } from '@tollgate/api/kernel';

type Health = ResultOf<typeof systemHealth>;
type Check = Health['checks'][number];

const SLOW_QUEUE_MS = 60_000;
const STARTED_AT = Date.now() - Math.round(performance.now());

/** The truth about this installation, as this process sees it. */
@Injectable()
export class ReadSystemHealth {
  constructor(
    private readonly readiness: Readiness,
    private readonly backlog: JobBacklog,
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Health> {
    const problems = this.readiness.problems();
    const jobs = await this.backlog.read();
    const oldestWait = jobs.oldestDueAt === null ? null : Math.max(0, this.clock.recordedAt() - jobs.oldestDueAt);
    const checks: Check[] = [
      ...this.readiness.names.map((name): Check => {
        const detail = problems[name] ?? null;
        return { name, status: detail === null ? 'ok' : 'down', detail };
      }),
      {
        name: 'queue',
        status: oldestWait !== null && oldestWait > SLOW_QUEUE_MS ? 'degraded' : 'ok',
        detail:
          oldestWait !== null && oldestWait > SLOW_QUEUE_MS
            ? `the oldest job has waited for ${Math.round(oldestWait / 1000)} s`
            : null,
      },
      {
        name: 'failed jobs',
        status: jobs.dead > 0 ? 'degraded' : 'ok',
        detail: jobs.dead > 0 ? `${jobs.dead} jobs failed as often as they may; the log says why` : null,
      },
    ];
    const worst = checks.some((check) => check.status === 'down')
      ? 'down'
      : checks.some((check) => check.status === 'degraded')
        ? 'degraded'
        : 'ok';
    return {
      status: worst,
      checks,
      jobs: { waiting: jobs.waiting, oldest_wait_ms: oldestWait, dead: jobs.dead },
      process: {
        version: VERSION,
        node: process.version,
        profile: this.config.profile,
        database: this.database.engine,
        redis: this.config.redisUrl !== null,
        started_at: new Date(STARTED_AT).toISOString(),
        resident_memory_bytes: process.memoryUsage.rss(),
      },
    };
  }
}
