import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { CredentialRepository } from '../persistence/credential.repository';
import type { UserFactorEntity } from '../persistence/entities';
import { SessionRepository } from '../persistence/session.repository';
import { Reauthenticate, type Evidence } from '../sessions/reauthenticate';
import { signedIn } from '../sessions/signed-in';

/** The writes of a removal. */
@Injectable()
export class FactorRemoval {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly users: UserDirectory,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(factor: UserFactorEntity, caller: Principal): Promise<void> {
    const { sessionId } = signedIn(caller);
    if (!(await this.credentials.removeFactor(factor.id))) throw new DomainError('not_found');
    if (factor.status === 'active') {
      if ((await this.credentials.activeFactors(factor.userId)).length === 0) {
        await this.credentials.removeRecoveryCodes(factor.userId);
        await this.users.noteSecondFactor(factor.userId, false);
      }
      // Sessions elsewhere were as sure as a factor that is gone: they sign in again.
      await this.sessions.endOthers(factor.userId, sessionId, 'factor_removed', this.clock.recordedAt());
    }
    await this.audit.record({
      action: 'user_factor.removed',
      organizationId: factor.organizationId,
      target: { type: 'user_factor', id: factor.id, label: caller.label },
      changes: [{ field: 'status', before: factor.status, after: null }],
    });
  }
}

/** Removes an authenticator: an active one with password and a current code, one that was only started with the password. */
@Injectable()
export class RemoveFactor {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly reauthenticate: Reauthenticate,
    private readonly removal: FactorRemoval,
  ) {}

  /** @throws DomainError not_found, wrong_password, wrong_factor_code, account_locked */
  async execute(id: string, evidence: Evidence, caller: Principal): Promise<void> {
    const { userId } = signedIn(caller);
    const factor = (await this.credentials.factors(userId)).find((one) => one.id === id);
    if (factor === undefined) throw new DomainError('not_found');
    const { password, code } = evidence;
    if (factor.status === 'active' && code === undefined) throw new DomainError('wrong_factor_code', { param: 'code' });
    const asked = factor.status === 'active' ? { password, code } : { password };
    await this.reauthenticate.execute(asked, caller, () => this.removal.execute(factor, caller));
  }
}
