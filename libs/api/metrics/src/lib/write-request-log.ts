import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RequestObservers, type RequestRecord } from '@tollgate/api/http';
import { newId } from '@tollgate/api/kernel';
import { RequestLog, type RequestLogRow } from './persistence/request-log';

const FLUSH_MS = 500;
const BATCH = 200;
/** Rows kept while the database cannot take them. Beyond, the oldest are dropped and counted: the log never holds up the work. */
const MOST_WAITING = 20_000;

/**
 * The request log: allow-listed facts of each answered call of the API, written in batches within a second. A crash
 * may lose the last second; nothing that money or evidence depends on is kept here alone.
 */
@Injectable()
export class WriteRequestLog implements OnModuleInit, BeforeApplicationShutdown {
  private waiting: RequestLogRow[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private readonly logger = new Logger('WriteRequestLog');

  constructor(
    private readonly observers: RequestObservers,
    private readonly log: RequestLog,
  ) {}

  onModuleInit(): void {
    this.observers.register((record) => this.note(record));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Writes everything that waits. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private note(record: RequestRecord): void {
    if (record.event === null || record.route === null || !record.route.startsWith('/v1/')) return;
    this.waiting.push(rowOf(record, record.event, record.route));
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.dropped += 1;
    }
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        await this.log.insert(batch);
      } catch (error) {
        this.logger.warn({
          msg: 'the request log could not be written; it will be tried again',
          err: error,
          dropped: this.dropped,
        });
        return;
      }
      this.waiting.splice(0, batch.length);
    }
  }
}

const cut = (text: string | null, length: number): string | null => (text === null ? null : text.slice(0, length));

function rowOf(record: RequestRecord, event: string, route: string): RequestLogRow {
  const { principal, addresses } = record;
  return {
    id: newId('req', record.at),
    organization_id: principal?.actingOrganizationId ?? principal?.organizationId ?? null,
    application_id: principal?.applicationId ?? null,
    test: principal?.test === true ? 1 : 0,
    happened_at: record.at,
    request_id: record.requestId.slice(0, 64),
    event: event.slice(0, 80),
    method: record.method.slice(0, 8),
    endpoint: route.slice(0, 120),
    status: record.status,
    status_class: `${Math.floor(record.status / 100)}xx`,
    error_code: record.errorCode,
    effective_address: addresses.effective.slice(0, 64),
    forwarded_for: cut(addresses.forwarded, 400),
    remote_address: addresses.remote.slice(0, 64),
    user_agent: cut(record.userAgent, 300),
    principal_id: principal?.id ?? null,
    principal_label: cut(principal?.label ?? null, 254),
    duration_us: Math.round(record.durationMs * 1000),
    replayed: record.replayed ? 1 : 0,
  };
}
