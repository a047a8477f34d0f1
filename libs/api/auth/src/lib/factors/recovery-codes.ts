import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, recoveryCodes } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { CredentialRepository } from '../persistence/credential.repository';
import { signedIn } from '../sessions/signed-in';
import { recoveryCodeHash } from './factor-check';

const RECOVERY_CODES = 10;

/** Makes recovery codes. Only their keyed hashes are stored; those before are void. */
@Injectable()
export class NewRecoveryCodes {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** Inside the transaction of what they are for. */
  async make(owner: { readonly userId: string; readonly organizationId: string }): Promise<string[]> {
    const codes = recoveryCodes(RECOVERY_CODES);
    const hashes = codes.map((code) => recoveryCodeHash(this.keyedHash, owner.userId, code));
    const { userId, organizationId } = owner;
    await this.credentials.replaceRecoveryCodes({ userId, organizationId }, hashes, this.clock.recordedAt());
    return codes;
  }
}

@Injectable()
export class RenewRecoveryCodes {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly codes: NewRecoveryCodes,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError factor_state without an active authenticator: there would be nothing to recover from */
  async execute(caller: Principal): Promise<string[]> {
    const owner = signedIn(caller);
    return this.unitOfWork.run(async () => {
      if ((await this.credentials.activeFactors(owner.userId)).length === 0) {
        throw new DomainError('factor_state', { detail: 'Set up an authenticator first' });
      }
      const codes = await this.codes.make(owner);
      await this.audit.record({
        action: 'user.recovery_codes_renewed',
        organizationId: owner.organizationId,
        target: { type: 'user', id: owner.userId, label: caller.label },
      });
      return codes;
    });
  }
}
