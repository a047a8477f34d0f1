import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from '../application-caller';
import { EndVerification } from '../end-verification';
import { Factors } from '../persistence/factors';
import { VerificationWrites } from '../persistence/verification-writes';

/** Deletes an authenticator: its secret is erased, and what is pending with it is canceled. */
@Injectable()
export class DeleteFactor {
  constructor(
    private readonly factors: Factors,
    private readonly writes: VerificationWrites,
    private readonly ending: EndVerification,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_not_found */
  async execute(id: string, principal: Principal): Promise<void> {
    const caller = applicationCaller(principal);
    const at = this.clock.now();
    await this.unitOfWork.run(async () => {
      const factor = await this.factors.find(id, caller);
      if (factor === null || !(await this.factors.delete(id, at))) throw new DomainError('factor_not_found');
      for (const row of await this.writes.pendingOfFactor(factor, at)) {
        await this.ending.end(row, 'canceled', at);
      }
      await this.audit.record({
        action: 'factor.deleted',
        organizationId: factor.organizationId,
        target: { type: 'factor', id, label: factor.label },
      });
    });
  }
}
