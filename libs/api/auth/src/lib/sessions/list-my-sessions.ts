import { Injectable } from '@nestjs/common';
import type { MySessionView, Page } from '@tollgate/contracts';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { deviceLabel } from '../domain/device-label';
import { SessionRepository } from '../persistence/session.repository';
import { signedIn } from './signed-in';

const instant = (ms: number): string => new Date(ms).toISOString();

@Injectable()
export class ListMySessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserDirectory,
    private readonly clock: Clock,
  ) {}

  /** Newest first, one page: a person has a handful, and the repository stops at 200. */
  async execute(limit: number, caller: Principal): Promise<Page<MySessionView>> {
    const { userId, sessionId } = signedIn(caller);
    const user = await this.users.find(userId);
    if (user === null) throw new DomainError('invalid_session');
    const alive = await this.sessions.alive(userId, user.securityEpoch, this.clock.recordedAt());
    const data = alive.slice(0, limit).map((session) => ({
      id: session.id,
      current: session.id === sessionId,
      device: deviceLabel(session.userAgent),
      address: session.address,
      methods: session.methods.split(',') as MySessionView['methods'],
      assurance_level: session.assuranceLevel,
      created_at: instant(session.createdAt),
      last_seen_at: instant(session.lastSeenAt),
      expires_at: instant(session.expiresAt),
    }));
    return { data, next_cursor: null, total_estimate: alive.length };
  }
}
