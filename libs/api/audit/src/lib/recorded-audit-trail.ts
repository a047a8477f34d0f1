import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId, RequestContext } from '@tollgate/api/kernel';
import { AuditSealer } from './audit-sealer';
import type { AuditEntry, AuditTrail } from './audit-trail';
import { writtenEvent } from './domain/written-event';
import { AuditEvents } from './persistence/audit-events';

/** How far events may be dated ahead of the clock before their order counts for less than their time. */
const FURTHEST_AHEAD_MS = 1_000;

/** Writes events. They share the transaction of their act: what was rolled back was not done, and is not told. */
@Injectable()
export class RecordedAuditTrail implements AuditTrail {
  private lastAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly events: AuditEvents,
    private readonly sealer: AuditSealer,
  ) {}

  async record(entry: AuditEntry): Promise<void> {
    const at = this.nextInstant();
    const row = writtenEvent(entry, newId('aud', at), at, RequestContext.current());
    await this.unitOfWork.run(async () => {
      await this.events.insert(row);
      this.unitOfWork.afterCommit(() => this.sealer.wake());
    });
  }

  /** No two events of one process have the same instant, so that they are listed in the order in which they happened. */
  private nextInstant(): number {
    const now = this.clock.recordedAt();
    const next = Math.max(now, this.lastAt + 1);
    this.lastAt = next > now + FURTHEST_AHEAD_MS ? now : next;
    return this.lastAt;
  }
}
