import type { FactorCheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from '../application-caller';
import { triesLeft } from '../domain/factor-lock';
import { isCodeOf } from '../domain/one-time-code';
import { Factors } from '../persistence/factors';
import { ProveFactor } from './prove-factor';

/** Activates an authenticator with its first code, which counts as used. Free of charge. */
@Injectable()
export class ActivateFactor {
  constructor(
    private readonly factors: Factors,
    private readonly proving: ProveFactor,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_not_found, factor_state, factor_locked, invalid_code_format */
  async execute(id: string, typed: string, principal: Principal): Promise<FactorCheckResult> {
    const caller = applicationCaller(principal);
    if (!isCodeOf(6, typed)) throw new DomainError('invalid_code_format', { param: 'code' });
    const at = this.clock.now();
    return this.unitOfWork.run(async () => {
      const factor = await this.factors.find(id, caller);
      if (factor === null || factor.status === 'deleted') throw new DomainError('factor_not_found');
      if (factor.status !== 'pending') throw new DomainError('factor_state', { detail: 'It is active already' });
      const proof = await this.proving.prove(factor, typed, at);
      const valid = proof === 'right' && (await this.factors.activate(id, at));
      if (valid) {
        await this.audit.record({
          action: 'factor.activated',
          organizationId: factor.organizationId,
          target: { type: 'factor', id, label: factor.label },
        });
      }
      return {
        valid,
        status: valid ? 'active' : 'pending',
        reason: valid ? null : proof === 'already_used' ? 'already_used' : 'wrong_code',
        checks_remaining: valid ? triesLeft(0) : triesLeft(factor.failedCount + 1),
        recovery_codes_remaining: 0,
      };
    });
  }
}
