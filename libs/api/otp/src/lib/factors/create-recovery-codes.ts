import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, recoveryCodes } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from '../application-caller';
import { Factors } from '../persistence/factors';
import { RECOVERY_HASH } from './recover-factor';

const COUNT = 10;

/** Ten new recovery codes, shown once; those before stop working. */
@Injectable()
export class CreateRecoveryCodes {
  constructor(
    private readonly factors: Factors,
    private readonly hashes: KeyedHash,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_not_found, factor_state */
  async execute(id: string, principal: Principal): Promise<{ codes: string[] }> {
    const caller = applicationCaller(principal);
    const codes = recoveryCodes(COUNT);
    const at = this.clock.now();
    return this.unitOfWork.run(async () => {
      const factor = await this.factors.find(id, caller);
      if (factor === null || factor.status === 'deleted') throw new DomainError('factor_not_found');
      if (factor.status !== 'active')
        throw new DomainError('factor_state', { detail: 'Activate the authenticator first' });
      await this.factors.replaceRecoveryCodes(
        id,
        codes.map((code) => ({
          id: newId('rcv', at),
          factorId: id,
          codeHash: this.hashes.of(RECOVERY_HASH, code),
          usedAt: null,
        })),
      );
      await this.audit.record({
        action: 'factor.recovery_codes_created',
        organizationId: factor.organizationId,
        target: { type: 'factor', id, label: factor.label },
      });
      return { codes };
    });
  }
}
