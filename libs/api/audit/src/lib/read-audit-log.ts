import { Injectable } from '@nestjs/common';
import type { AuditEventView, Page } from '@tollgate/contracts';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { auditEventView } from './audit-event-view';
import { AuditLog, type AuditQuery } from './persistence/audit-log';

/** Reads the log of the caller's organization; staff of the platform who chose none read all. */
@Injectable()
export class ReadAuditLog {
  constructor(private readonly log: AuditLog) {}

  /** Errors: range_invalid, invalid_cursor. */
  async page(query: AuditQuery, caller: Principal): Promise<Page<AuditEventView>> {
    if (query.from !== undefined && query.to !== undefined && query.from >= query.to) {
      throw new DomainError('range_invalid', { param: 'to' });
    }
    return this.log.page(scopeOf(caller), query, auditEventView);
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<AuditEventView> {
    const event = await this.log.find(scopeOf(caller), id);
    if (event === null) throw new DomainError('not_found');
    return auditEventView(event);
  }
}
