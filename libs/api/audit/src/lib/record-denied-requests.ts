import { Injectable, Logger, Optional, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { RequestObservers, type RequestRecord } from '@tollgate/api/http';
import { RequestContext, type Principal } from '@tollgate/api/kernel';
import { AuditTrail } from './audit-trail';

/** Answers that mean: somebody we know tried what they may not do. */
const DENIALS: ReadonlySet<string | null> = new Set([
  'permission_denied',
  'organization_not_selectable',
  'origin_not_allowed',
]);
const ONCE_IN_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * Writes down refused requests of callers who are known, in the log of the organization that they act in: once a
 * minute for each caller, endpoint and reason, so that nobody can fill it by trying. Strangers are counted elsewhere.
 */
@Injectable()
export class RecordDeniedRequests implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger(RecordDeniedRequests.name);
  private readonly told = new Map<string, number>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly auditTrail: AuditTrail,
    /** Absent where nothing is served. */
    @Optional() private readonly observers?: RequestObservers,
  ) {}

  onModuleInit(): void {
    this.observers?.register((record) => this.observe(record));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.writing);
  }

  private observe(record: RequestRecord): void {
    const { principal, errorCode } = record;
    if (principal === null || !DENIALS.has(errorCode) || !this.isNews(principal, record)) return;
    const write = this.write(principal, record)
      .catch((error: unknown) => this.log.error({ msg: 'a refused request could not be recorded', err: error }))
      .finally(() => this.writing.delete(write));
    this.writing.add(write);
  }

  /** The request is over: what it knew is put around the entry again. */
  private write(principal: Principal, record: RequestRecord): Promise<void> {
    const { requestId, addresses, userAgent, method, route } = record;
    return RequestContext.run({ requestId, addresses, userAgent, principal, clockShiftMs: 0 }, () =>
      this.auditTrail.record({
        action: 'request.denied',
        outcome: 'denied',
        organizationId: principal.actingOrganizationId ?? principal.organizationId,
        target: { type: 'endpoint', id: record.event ?? 'unknown', label: `${method} ${route ?? ''}` },
        ...(record.errorCode === null ? {} : { reason: record.errorCode }),
      }),
    );
  }

  private isNews(principal: Principal, record: RequestRecord): boolean {
    const what = `${principal.id} ${record.event} ${record.errorCode}`;
    const before = this.told.get(what);
    if (before !== undefined && record.at - before < ONCE_IN_MS) return false;
    if (this.told.size >= MOST_REMEMBERED) this.told.clear();
    this.told.set(what, record.at);
    return true;
  }
}
