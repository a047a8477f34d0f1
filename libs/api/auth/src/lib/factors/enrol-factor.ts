import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { SecretBox, Totp } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { qrPath, type QrPath } from '../domain/qr-path';
import { CredentialRepository } from '../persistence/credential.repository';
import type { UserFactorEntity } from '../persistence/entities';
import { signedIn } from '../sessions/signed-in';
import { factorContext } from './factor-check';

export const MAX_ACTIVE_FACTORS = 3;

export interface StartedFactor {
  readonly factor: UserFactorEntity;
  /** Base32; shown now and never again. */
  readonly secret: string;
  readonly uri: string;
  readonly qr: QrPath;
}

/** Starts to set up an authenticator. It guards nothing until it was activated; one that was started before is void. */
@Injectable()
export class StartFactor {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly secretBox: SecretBox,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError factor_state when there are as many as there may be */
  async execute(name: string | undefined, caller: Principal): Promise<StartedFactor> {
    const { userId, organizationId } = signedIn(caller);
    const now = this.clock.recordedAt();
    const id = newId('fct', now);
    const secret = Totp.newSecret();
    const factor: UserFactorEntity = {
      id,
      organizationId,
      userId,
      kind: 'totp',
      name: name ?? 'Authenticator app',
      status: 'pending',
      secret: this.secretBox.seal(secret, factorContext(id)),
      lastStep: 0,
      createdAt: now,
      activatedAt: null,
      lastUsedAt: null,
    };
    await this.unitOfWork.run(async () => {
      if ((await this.credentials.activeFactors(userId)).length >= MAX_ACTIVE_FACTORS) {
        throw new DomainError('factor_state', { detail: `You have ${MAX_ACTIVE_FACTORS} authenticators; remove one` });
      }
      await this.credentials.removePendingFactors(userId);
      await this.credentials.addFactor(factor);
      await this.audit.record({
        action: 'user_factor.started',
        organizationId,
        target: { type: 'user_factor', id, label: caller.label },
      });
    });
    const uri = Totp.uri({ secret, issuer: 'Tollgate', account: caller.label });
    return { factor, secret, uri, qr: qrPath(uri) };
  }
}
