import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId, RequestContext } from '@tollgate/api/kernel';
import { AuditSealer } from './audit-sealer';
import type { AuditEntry, AuditTrail } from './audit-trail';
import { writtenEvent } from './domain/written-event';
import { AuditEvents } from './persistence/audit-events';

/** Writes events. They share the transaction of their act: what was rolled back was not done, and is not told. */
@Injectable()
export class RecordedAuditTrail implements AuditTrail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly events: AuditEvents,
    private readonly sealer: AuditSealer,
  ) {}

  async record(entry: AuditEntry): Promise<void> {
    const at = this.clock.recordedAt();
    const row = writtenEvent(entry, newId('aud', at), at, RequestContext.current());
    await this.unitOfWork.run(async () => {
      await this.events.insert(row);
      this.unitOfWork.afterCommit(() => this.sealer.wake());
    });
  }
}
