import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { PasswordResetEntity, PasswordResetRequestEntity } from './entities';

/** Wishes for a new password that nobody has looked at yet, and the links that were made for them. */
@Injectable()
export class PasswordResetRepository {
  constructor(private readonly database: Database) {}

  async ask(request: PasswordResetRequestEntity): Promise<void> {
    await this.database.manager.insert(PasswordResetRequestEntity, request);
  }

  async request(id: string): Promise<PasswordResetRequestEntity | null> {
    return this.database.manager.findOneBy(PasswordResetRequestEntity, { id });
  }

  /** True for one of any number of runs of its job. */
  async answered(id: string): Promise<boolean> {
    return (await this.database.execute('DELETE FROM password_reset_request WHERE id = ?', [id])).affected === 1;
  }

  async insert(reset: Omit<PasswordResetEntity, 'closedAt'>): Promise<void> {
    await this.database.manager.insert(PasswordResetEntity, { ...reset, closedAt: null });
  }

  async find(id: string): Promise<PasswordResetEntity | null> {
    return this.database.manager.findOneBy(PasswordResetEntity, { id });
  }

  /** Null when it is unknown, used, replaced or too old. */
  async findOpen(tokenHash: string, nowMs: number): Promise<PasswordResetEntity | null> {
    const found = await this.database.manager.findOneBy(PasswordResetEntity, { tokenHash });
    return found !== null && found.closedAt === null && nowMs < found.expiresAt ? found : null;
  }

  /** How many links the user was sent since. */
  async countSince(userId: string, sinceMs: number): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM password_reset WHERE user_id = ? AND created_at > ?',
      [userId, sinceMs],
    );
    return Number(row?.n ?? 0);
  }

  /** Single use: true for exactly one of any number of answers to one link. */
  async use(id: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE password_reset SET closed_at = ? WHERE id = ? AND closed_at IS NULL AND expires_at > ?',
      [nowMs, id, nowMs],
    );
    return affected === 1;
  }

  /** No link of the user works any more. */
  async closeAll(userId: string, nowMs: number): Promise<void> {
    await this.database.execute('UPDATE password_reset SET closed_at = ? WHERE user_id = ? AND closed_at IS NULL', [
      nowMs,
      userId,
    ]);
  }

  async sweep(beforeMs: number): Promise<void> {
    await this.database.execute('DELETE FROM password_reset WHERE expires_at < ?', [beforeMs]);
    await this.database.execute('DELETE FROM password_reset_request WHERE asked_at < ?', [beforeMs]);
  }
}
