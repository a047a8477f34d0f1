import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { SessionRepository } from '../persistence/session.repository';
import { signedIn } from './signed-in';

/** Signs out: the caller's own session ends, on every process at once. */
@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(caller: Principal): Promise<void> {
    const { userId, sessionId } = signedIn(caller);
    await this.unitOfWork.run(async () => {
      if (!(await this.sessions.end(sessionId, 'signed_out', this.clock.recordedAt()))) return;
      await this.audit.record({
        action: 'session.signed_out',
        organizationId: caller.organizationId,
        target: { type: 'session', id: sessionId, label: caller.label },
        actor: { kind: 'session', id: userId, label: caller.label },
      });
    });
  }
}

/** Ends sessions that the caller has elsewhere. */
@Injectable()
export class EndMySessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One of them; somebody else's reads as not found. */
  async one(id: string, caller: Principal): Promise<void> {
    const { userId } = signedIn(caller);
    await this.unitOfWork.run(async () => {
      const session = await this.sessions.find(id);
      if (session === null || session.userId !== userId) throw new DomainError('not_found');
      if (!(await this.sessions.end(id, 'ended_by_user', this.clock.recordedAt()))) throw new DomainError('not_found');
      await this.audit.record({
        action: 'session.ended',
        organizationId: caller.organizationId,
        target: { type: 'session', id, label: caller.label },
      });
    });
  }

  /** All but the one that asks. @returns how many */
  async others(caller: Principal): Promise<number> {
    const { userId, sessionId } = signedIn(caller);
    return this.unitOfWork.run(async () => {
      const ended = await this.sessions.endOthers(userId, sessionId, 'ended_by_user', this.clock.recordedAt());
      await this.audit.record({
        action: 'session.others_ended',
        organizationId: caller.organizationId,
        target: { type: 'user', id: userId, label: caller.label },
        changes: [{ field: 'sessions', before: ended + 1, after: 1 }],
      });
      return ended;
    });
  }
}
