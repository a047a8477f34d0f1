import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { SetupRepository } from '../persistence/setup.repository';

/** Closes the set-up for good: `/setup` answers 410 from then on. */
@Injectable()
export class FinishSetup {
  constructor(
    private readonly setup: SetupRepository,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError setup_closed when it was closed before */
  async execute(caller: Principal): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.setup.complete(this.clock.recordedAt()))) throw new DomainError('setup_closed');
      await this.audit.record({
        action: 'setup.finished',
        organizationId: caller.organizationId,
        target: { type: 'setup', id: 'setup' },
        actor: { kind: 'session', id: caller.userId ?? caller.id, label: caller.label },
      });
    });
  }
}
