import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { SEEN_EVERY_MS, SESSION_IDLE_MS } from '../domain/session-lifetime';
import { SessionEntity } from './entities';

/** Why a session ended; for the list and the audit log. */
export type EndReason =
  | 'signed_out'
  | 'replaced'
  | 'ended_by_user'
  | 'password_changed'
  | 'password_reset'
  | 'factor_removed'
  | 'too_many_failures'
  | 'refused';

/** Every call of the console reads its session, so these two reads are written out. */
const SELECT = `SELECT id, organization_id AS organizationId, user_id AS userId, token_hash AS tokenHash,
  user_epoch AS userEpoch, assurance_level AS assuranceLevel, methods, address, user_agent AS userAgent,
  created_at AS createdAt, authenticated_at AS authenticatedAt, last_seen_at AS lastSeenAt, expires_at AS expiresAt,
  ended_at AS endedAt, end_reason AS endReason FROM session`;

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async insert(session: Omit<SessionEntity, 'endedAt' | 'endReason'>): Promise<void> {
    await this.database.manager.insert(SessionEntity, { ...session, endedAt: null, endReason: null });
  }

  async findByToken(tokenHash: string): Promise<SessionEntity | null> {
    const [row] = await this.database.query<SessionEntity>(`${SELECT} WHERE token_hash = ?`, [tokenHash]);
    return row ?? null;
  }

  async find(id: string): Promise<SessionEntity | null> {
    const [row] = await this.database.query<SessionEntity>(`${SELECT} WHERE id = ?`, [id]);
    return row ?? null;
  }

  /** Writes the last use when the one on record is old enough to matter; many requests at once write it once. */
  async seen(id: string, nowMs: number): Promise<void> {
    await this.database.execute('UPDATE session SET last_seen_at = ? WHERE id = ? AND last_seen_at <= ?', [
      nowMs,
      id,
      nowMs - SEEN_EVERY_MS,
    ]);
  }

  /**
   * Gives the session another token after a fresh proof. Guarded by the token that was proven with: of two at once one
   * wins, and a session that ended meanwhile stays ended.
   */
  async renew(
    session: { readonly id: string; readonly tokenHash: string },
    renewed: {
      readonly tokenHash: string;
      readonly assuranceLevel: 1 | 2;
      readonly methods: string;
      readonly authenticatedAt: number;
    },
  ): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE session SET token_hash = ?, assurance_level = ?, methods = ?, authenticated_at = ?, last_seen_at = ?
       WHERE id = ? AND token_hash = ? AND ended_at IS NULL`,
      [
        renewed.tokenHash,
        renewed.assuranceLevel,
        renewed.methods,
        renewed.authenticatedAt,
        renewed.authenticatedAt,
        session.id,
        session.tokenHash,
      ],
    );
    return affected === 1;
  }

  /** False when it had ended before. */
  async end(id: string, reason: EndReason, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE session SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL',
      [nowMs, reason, id],
    );
    return affected === 1;
  }

  /** Ends all of the user's sessions but one. @returns how many */
  async endOthers(userId: string, keepId: string, reason: EndReason, nowMs: number): Promise<number> {
    const { affected } = await this.database.execute(
      'UPDATE session SET ended_at = ?, end_reason = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL',
      [nowMs, reason, userId, keepId],
    );
    return affected;
  }

  /** Ends all of the user's sessions. @returns how many */
  async endAll(userId: string, reason: EndReason, nowMs: number): Promise<number> {
    const { affected } = await this.database.execute(
      'UPDATE session SET ended_at = ?, end_reason = ? WHERE user_id = ? AND ended_at IS NULL',
      [nowMs, reason, userId],
    );
    return affected;
  }

  /** Living sessions of the user that began in this epoch, newest first; at most 200. */
  async alive(userId: string, userEpoch: number, nowMs: number): Promise<SessionEntity[]> {
    const found = await this.database.manager.find(SessionEntity, {
      where: { userId, userEpoch },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 200,
    });
    return found.filter(
      (session) =>
        session.endedAt === null && nowMs < session.expiresAt && nowMs - session.lastSeenAt < SESSION_IDLE_MS,
    );
  }

  /** @returns how many rows went that expired before */
  async sweep(beforeMs: number): Promise<number> {
    return (await this.database.execute('DELETE FROM session WHERE expires_at < ?', [beforeMs])).affected;
  }
}
