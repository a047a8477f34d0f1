import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { CHALLENGE_FAILURES } from '../domain/session-lifetime';
import { KnownDeviceEntity, SignInChallengeEntity } from './entities';

/** Sign-ins that wait for their second factor, and browsers that have finished one before. */
@Injectable()
export class ChallengeRepository {
  constructor(private readonly database: Database) {}

  async insert(challenge: Omit<SignInChallengeEntity, 'failures' | 'consumedAt'>): Promise<void> {
    await this.database.manager.insert(SignInChallengeEntity, { ...challenge, failures: 0, consumedAt: null });
  }

  /** Null when it is unknown, used, expired, or has had its wrong codes. */
  async open(tokenHash: string, nowMs: number): Promise<SignInChallengeEntity | null> {
    const found = await this.database.manager.findOneBy(SignInChallengeEntity, { tokenHash });
    const usable =
      found !== null && found.consumedAt === null && nowMs < found.expiresAt && found.failures < CHALLENGE_FAILURES;
    return usable ? found : null;
  }

  /** Counts a code before it is judged. False when there were enough. */
  async countTry(id: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE sign_in_challenge SET failures = failures + 1
       WHERE id = ? AND failures < ? AND consumed_at IS NULL AND expires_at > ?`,
      [id, CHALLENGE_FAILURES, nowMs],
    );
    return affected === 1;
  }

  /** Single use: true for exactly one of any number at once. */
  async consume(id: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE sign_in_challenge SET consumed_at = ? WHERE id = ? AND consumed_at IS NULL AND expires_at > ?',
      [nowMs, id, nowMs],
    );
    return affected === 1;
  }

  /** Sign-ins of the user that are under way end here. */
  async endAll(userId: string, nowMs: number): Promise<void> {
    await this.database.execute(
      'UPDATE sign_in_challenge SET consumed_at = ? WHERE user_id = ? AND consumed_at IS NULL',
      [nowMs, userId],
    );
  }

  async isKnownDevice(tokenHash: string, userId: string, nowMs: number): Promise<boolean> {
    const found = await this.database.manager.findOneBy(KnownDeviceEntity, { tokenHash });
    return found !== null && found.userId === userId && nowMs < found.expiresAt;
  }

  async addDevice(device: KnownDeviceEntity): Promise<void> {
    await this.database.manager.insert(KnownDeviceEntity, device);
  }

  async forgetDevices(userId: string): Promise<void> {
    await this.database.execute('DELETE FROM known_device WHERE user_id = ?', [userId]);
  }

  async sweep(nowMs: number): Promise<number> {
    const challenges = await this.database.execute('DELETE FROM sign_in_challenge WHERE expires_at < ?', [nowMs]);
    const devices = await this.database.execute('DELETE FROM known_device WHERE expires_at < ?', [nowMs]);
    return challenges.affected + devices.affected;
  }
}
