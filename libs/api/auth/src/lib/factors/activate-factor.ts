import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { SecretBox, Totp } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { CredentialRepository } from '../persistence/credential.repository';
import type { UserFactorEntity } from '../persistence/entities';
import { signedIn } from '../sessions/signed-in';
import { Attempts, type Attempt } from '../sign-in/attempts';
import { factorContext } from './factor-check';
import { NewRecoveryCodes } from './recovery-codes';

export interface ActivatedFactor {
  readonly factor: UserFactorEntity;
  /** With the first active authenticator; else null. */
  readonly recoveryCodes: readonly string[] | null;
}

/** The writes of an activation. */
@Injectable()
export class FactorActivation {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly users: UserDirectory,
    private readonly codes: NewRecoveryCodes,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(factor: UserFactorEntity, step: number, caller: Principal): Promise<ActivatedFactor> {
    const now = this.clock.recordedAt();
    const first = (await this.credentials.activeFactors(factor.userId)).length === 0;
    if (!(await this.credentials.activateFactor(factor.id, step, now))) throw new DomainError('factor_state');
    await this.users.noteSecondFactor(factor.userId, true);
    const recoveryCodes = first ? await this.codes.make(factor) : null;
    await this.audit.record({
      action: 'user_factor.activated',
      organizationId: factor.organizationId,
      target: { type: 'user_factor', id: factor.id, label: caller.label },
      changes: [{ field: 'status', before: 'pending', after: 'active' }],
    });
    return { factor: { ...factor, status: 'active', activatedAt: now, lastUsedAt: now }, recoveryCodes };
  }
}

/** Activates an authenticator with its first code, which is used up by it. */
@Injectable()
export class ActivateFactor {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly secretBox: SecretBox,
    private readonly attempts: Attempts,
    private readonly activation: FactorActivation,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError not_found, factor_state when it is active already, wrong_factor_code, account_locked */
  async execute(id: string, typed: string, caller: Principal): Promise<ActivatedFactor> {
    const { userId, sessionId } = signedIn(caller);
    const factor = (await this.credentials.factors(userId)).find((one) => one.id === id);
    if (factor === undefined) throw new DomainError('not_found');
    if (factor.status !== 'pending') throw new DomainError('factor_state');
    const attempt: Attempt = await this.attempts.begin([['step_up', sessionId]]);
    const found = Totp.verify({
      secret: this.secretBox.open(factor.secret, factorContext(factor.id)),
      token: typed.replace(/[\s-]/g, ''),
      atMs: this.clock.recordedAt(),
      window: 1,
      lastStep: null,
    });
    if (found === null) throw new DomainError('wrong_factor_code', { param: 'code' });
    return this.unitOfWork.run(async () => {
      await this.attempts.succeed(attempt);
      return this.activation.execute(factor, found.step, caller);
    });
  }
}
