import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RequestObservers, type RequestRecord } from '@tollgate/api/http';
import { Instruments } from './instruments';
import { StructuredLogger } from './logger';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Asked every few seconds by machines; only their failures are worth a line. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/** One line and one measurement for each answered request. */
@Injectable()
export class RequestLog implements OnModuleInit {
  constructor(
    private readonly observers: RequestObservers,
    private readonly instruments: Instruments,
    @Inject(StructuredLogger) private readonly logger: StructuredLogger,
  ) {}

  onModuleInit(): void {
    const duration = this.instruments.histogram(
      {
        name: 'tollgate_http_request_duration_seconds',
        help: 'Time from the first byte of a request to the last of its answer',
        labels: ['method', 'route', 'status'],
      },
      BUCKETS,
    );
    this.observers.register((record) => {
      const route = record.route ?? 'none';
      duration.observe({ method: methodLabel(record.method), route, status: record.status }, record.durationMs / 1000);
      this.line(record);
    });
  }

  private line(record: RequestRecord): void {
    const level = record.status >= 500 ? 'warn' : QUIET.has(record.route ?? '') ? 'debug' : 'info';
    if (!this.logger.writes(level)) return;
    const { principal } = record;
    this.logger.write(level, {
      msg: 'request',
      request_id: record.requestId,
      method: record.method,
      route: record.route,
      event: record.event,
      status: record.status,
      error: record.errorCode,
      duration_ms: Math.round(record.durationMs * 10) / 10,
      principal: principal?.id ?? null,
      organization: principal?.actingOrganizationId ?? principal?.organizationId ?? null,
      application: principal?.applicationId ?? null,
      test: principal?.test ?? null,
      address: record.addresses.effective,
      remote: record.addresses.remote,
      forwarded: record.addresses.forwarded,
      user_agent: record.userAgent,
      replayed: record.replayed || undefined,
    });
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** A label takes few values: whatever a stranger sends counts as one. */
const methodLabel = (method: string): string => (METHODS.has(method) ? method : 'other');
