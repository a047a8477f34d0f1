import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId } from '@tollgate/api/kernel';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { SESSION_ABSOLUTE_MS } from '../domain/session-lifetime';
import { SessionRepository } from '../persistence/session.repository';
import { AssuranceGate } from './assurance-gate';
import { clientAddress, clientUserAgent, type Browser } from './browser';
import { KnownDevices } from './known-devices';
import type { Proof } from './proof';

export interface OpenedSession {
  readonly sessionId: string;
  /** For the cookie; only its keyed hash is stored. */
  readonly token: string;
  /** For the device cookie; null when this browser has one of this person already. */
  readonly deviceToken: string | null;
  readonly user: UserFacts;
}

/** The rows of a new session and of what it leaves behind. */
@Injectable()
export class SessionWriter {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserDirectory,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  async write(
    user: UserFacts,
    level: 1 | 2,
    methods: readonly string[],
  ): Promise<{ readonly sessionId: string; readonly token: string }> {
    const now = this.clock.recordedAt();
    const token = randomToken();
    const sessionId = newId('ses', now);
    await this.sessions.insert({
      id: sessionId,
      organizationId: user.organizationId,
      userId: user.id,
      tokenHash: this.keyedHash.of('session', token),
      userEpoch: user.securityEpoch,
      assuranceLevel: level,
      methods: methods.join(','),
      address: clientAddress(),
      userAgent: clientUserAgent(),
      createdAt: now,
      authenticatedAt: now,
      lastSeenAt: now,
      expiresAt: now + SESSION_ABSOLUTE_MS,
    });
    await this.users.noteSignIn(user.id, now);
    return { sessionId, token };
  }

  /** The session that this browser had before ends: its cookie is overwritten, and nobody else should have it. */
  async endPrevious(browser: Browser): Promise<void> {
    if (browser.sessionToken === null) return;
    const before = await this.sessions.findByToken(this.keyedHash.of('session', browser.sessionToken));
    if (before !== null) await this.sessions.end(before.id, 'replaced', this.clock.recordedAt());
  }
}

/**
 * Begins a session: the only act that does. Its id and token are new whatever the browser brought (no fixation), and
 * it passes the assurance gate in the same transaction.
 */
@Injectable()
export class OpenSession {
  constructor(
    private readonly gate: AssuranceGate,
    private readonly writer: SessionWriter,
    private readonly devices: KnownDevices,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError as AssuranceGate.admit */
  async execute(proof: Proof, browser: Browser): Promise<OpenedSession> {
    return this.unitOfWork.run(async () => {
      const { user, level } = await this.gate.admit(proof);
      await this.writer.endPrevious(browser);
      const { sessionId, token } = await this.writer.write(user, level, proof.methods);
      const deviceToken = await this.devices.remember(user.id, browser);
      await this.audit.record({
        action: 'sign_in.succeeded',
        organizationId: user.organizationId,
        target: { type: 'session', id: sessionId, label: user.email },
        changes: [{ field: 'methods', before: null, after: [...proof.methods] }],
        actor: { kind: 'session', id: user.id, label: user.email },
      });
      return { sessionId, token, deviceToken, user };
    });
  }
}
