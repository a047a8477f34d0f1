import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { RoleBook, UserDirectory, type UserFacts } from '@tollgate/api/users';
import { isAlive, SEEN_EVERY_MS } from '../domain/session-lifetime';
import type { SessionEntity } from '../persistence/entities';
import { SessionRepository } from '../persistence/session.repository';

export interface LivingSession {
  readonly session: SessionEntity;
  readonly user: UserFacts;
}

/** The session of a cookie, if it still is one. Nothing of it is cached: what ended it anywhere is seen at once. */
@Injectable()
export class LivingSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserDirectory,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  async find(token: string | null): Promise<LivingSession | null> {
    if (token === null) return null;
    const session = await this.sessions.findByToken(this.keyedHash.of('session', token));
    const now = this.clock.recordedAt();
    if (session === null || !isAlive(session, now)) return null;
    const user = await this.users.find(session.userId);
    // Another epoch: roles or status changed since it began. It stays over, even when they are changed back.
    if (user === null || user.status !== 'active' || user.securityEpoch !== session.userEpoch) return null;
    if (session.lastSeenAt <= now - SEEN_EVERY_MS) await this.sessions.seen(session.id, now);
    return { session, user };
  }
}

/** Who a living session lets act, with the permissions of the roles that they hold now. */
@Injectable()
export class SessionPrincipal {
  /** A principal lives as long as its request, and so does what was read for it. */
  private readonly read = new WeakMap<Principal, LivingSession>();

  constructor(
    private readonly organizations: OrganizationDirectory,
    private readonly roleBook: RoleBook,
  ) {}

  /** What the guard read for this request; undefined for a caller that it did not make. */
  behind(caller: Principal): LivingSession | undefined {
    return this.read.get(caller);
  }

  async of(living: LivingSession): Promise<Principal> {
    const { session, user } = living;
    const platformStaff = user.organizationId === (await this.organizations.platformId());
    const principal: Principal = {
      kind: 'session',
      id: session.id,
      label: user.email,
      organizationId: user.organizationId,
      // Staff of the platform name the organization that they act in; without one they see all.
      actingOrganizationId: platformStaff ? null : user.organizationId,
      applicationId: null,
      userId: user.id,
      test: null,
      platformStaff,
      roles: user.roles,
      permissions: this.roleBook.permissionsOf(user.roles),
      assurance: { level: session.assuranceLevel, authenticatedAt: session.authenticatedAt },
    };
    this.read.set(principal, living);
    return principal;
  }
}
