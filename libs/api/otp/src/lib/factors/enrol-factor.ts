import type { EnrolledFactor } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { AuditTrail } from '@tollgate/api/audit';
import { SecretBox, Totp } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId, type Principal } from '@tollgate/api/kernel';
import QRCode from 'qrcode';
import { applicationCaller } from '../application-caller';
import type { Factor } from '../persistence/factor.entity';
import { Factors } from '../persistence/factors';
import { factorView } from './factor-view';
import { secretContext } from './prove-factor';

/** Enrols an authenticator app. This answer is the only one that ever holds the secret. */
@Injectable()
export class EnrolFactor {
  constructor(
    private readonly factors: Factors,
    private readonly applications: ApplicationDirectory,
    private readonly box: SecretBox,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(
    body: { readonly user_ref: string; readonly label?: string | undefined },
    principal: Principal,
  ): Promise<EnrolledFactor> {
    const caller = applicationCaller(principal);
    const application = await this.applications.get(caller.applicationId);
    const at = this.clock.now();
    const id = newId('fct', at);
    const secret = Totp.newSecret();
    const label = body.label ?? body.user_ref;
    const uri = Totp.uri({ secret, issuer: application.name, account: label });
    const svg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
    const factor: Factor = {
      id,
      organizationId: caller.organizationId,
      applicationId: caller.applicationId,
      test: caller.test,
      status: 'pending',
      userRef: body.user_ref,
      label,
      secretSealed: this.box.seal(secret, secretContext(id)),
      lastStep: 0,
      failedCount: 0,
      lockedUntil: null,
      createdAt: at,
      activatedAt: null,
      deletedAt: null,
      lastUsedAt: null,
    };
    return this.unitOfWork.run(async () => {
      await this.factors.add(factor);
      await this.audit.record({
        action: 'factor.enrolled',
        organizationId: factor.organizationId,
        target: { type: 'factor', id, label },
      });
      return { ...factorView(factor, 0, at), secret, otpauth_uri: uri, qr_svg: svg };
    });
  }
}
