import { Injectable, Logger } from '@nestjs/common';
import { Retention, type RetentionKind } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { ReadPlatformSettings } from './platform-settings';

const DAY_MS = 86_400_000;

/** Removes what is older than its setting. Destinations have no setting here: each organization has its own. */
@Injectable()
export class RunRetention {
  private readonly logger = new Logger('RunRetention');

  constructor(
    private readonly settings: ReadPlatformSettings,
    private readonly retention: Retention,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Readonly<Partial<Record<RetentionKind, number>>>> {
    const settings = await this.settings.execute();
    const now = this.clock.recordedAt();
    const removed = {
      destinations: await this.retention.run('destinations', now),
      messages: await this.retention.run('messages', now - settings.message_retention_days * DAY_MS),
      request_logs: await this.retention.run('request_logs', now - settings.request_log_retention_days * DAY_MS),
      usage: await this.retention.run('usage', now - settings.usage_retention_days * DAY_MS),
    };
    this.logger.log({ msg: 'retention has run', removed });
    return removed;
  }
}
