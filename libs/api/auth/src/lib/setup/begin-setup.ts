import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { addressBucket } from '@tollgate/api/http';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { SetupRepository } from '../persistence/setup.repository';
import { clientAddress } from '../sessions/browser';
import { Attempts } from '../sign-in/attempts';
import { SetupState } from './setup-state';

/** The redemption of a token, in one transaction with its trace. */
@Injectable()
export class SetupRedemption {
  constructor(
    private readonly setup: SetupRepository,
    private readonly organizations: OrganizationDirectory,
    private readonly keyedHash: KeyedHash,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The browser's ticket, or null when the token is not right. */
  async execute(token: string): Promise<string | null> {
    const ticket = randomToken();
    return this.unitOfWork.run(async () => {
      const right = await this.setup.redeem(
        this.keyedHash.of('setup_token', token),
        this.keyedHash.of('setup_ticket', ticket),
        this.clock.recordedAt(),
      );
      await this.audit.record({
        action: right ? 'setup.begun' : 'setup.token_refused',
        outcome: right ? 'success' : 'failure',
        organizationId: await this.organizations.platformId(),
        target: { type: 'setup', id: 'setup' },
        actor: { kind: 'anonymous', id: '', label: '' },
      });
      return right ? ticket : null;
    });
  }
}

/** Changes the token from the server's greeting for a ticket of this browser. */
@Injectable()
export class BeginSetup {
  constructor(
    private readonly state: SetupState,
    private readonly attempts: Attempts,
    private readonly redemption: SetupRedemption,
  ) {}

  /** @throws DomainError setup_closed, setup_token_invalid, account_locked */
  async execute(typed: string): Promise<string> {
    await this.state.demand('token', null);
    const attempt = await this.attempts.begin([['setup', addressBucket(clientAddress())]]);
    const ticket = await this.redemption.execute(typed.trim());
    if (ticket === null) throw new DomainError('setup_token_invalid');
    await this.attempts.succeed(attempt);
    return ticket;
  }
}
