import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { SessionRepository } from '../persistence/session.repository';
import type { ProofMethod } from './proof';
import { Reauthenticate, type Evidence } from './reauthenticate';
import { signedIn } from './signed-in';

export interface RenewedSession {
  /** For the cookie; the one before no longer works. */
  readonly token: string;
  readonly level: 1 | 2;
  /** Epoch ms. */
  readonly authenticatedAt: number;
}

/** Gives a session another token after a fresh proof, so that one that was stolen before is worth nothing after. */
@Injectable()
export class SessionRenewal {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError invalid_session when it ended or was renewed meanwhile */
  async execute(sessionId: string, method: ProofMethod): Promise<RenewedSession> {
    const session = await this.sessions.find(sessionId);
    if (session === null) throw new DomainError('invalid_session');
    const token = randomToken();
    const level = session.assuranceLevel === 2 || method !== 'password' ? 2 : 1;
    const methods = [...new Set([...session.methods.split(','), method])].join(',');
    const authenticatedAt = this.clock.recordedAt();
    const tokenHash = this.keyedHash.of('session', token);
    const renewed = { tokenHash, assuranceLevel: level, methods, authenticatedAt } as const;
    if (!(await this.sessions.renew(session, renewed))) throw new DomainError('invalid_session');
    return { token, level, authenticatedAt };
  }
}

/** Proves again within a session: ten minutes of calls that need a fresh sign-in. */
@Injectable()
export class StepUp {
  constructor(
    private readonly reauthenticate: Reauthenticate,
    private readonly renewal: SessionRenewal,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError wrong_password, wrong_factor_code, account_locked, invalid_session */
  async execute(evidence: Evidence, caller: Principal): Promise<RenewedSession> {
    const { userId, sessionId } = signedIn(caller);
    return this.reauthenticate.execute(evidence, caller, (methods) =>
      this.unitOfWork.run(async () => {
        const renewed = await this.renewal.execute(sessionId, methods[0] ?? 'password');
        await this.audit.record({
          action: 'session.stepped_up',
          organizationId: caller.organizationId,
          target: { type: 'session', id: sessionId, label: caller.label },
          changes: [{ field: 'methods', before: null, after: [...methods] }],
          actor: { kind: 'session', id: userId, label: caller.label },
        });
        return renewed;
      }),
    );
  }
}
