import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { PasswordCredentialEntity, RecoveryCodeEntity, UserFactorEntity } from './entities';

/** Passwords, authenticators and recovery codes of people. */
@Injectable()
export class CredentialRepository {
  constructor(private readonly database: Database) {}

  async password(userId: string): Promise<PasswordCredentialEntity | null> {
    return this.database.manager.findOneBy(PasswordCredentialEntity, { userId });
  }

  async setPassword(owner: { userId: string; organizationId: string }, hash: string, nowMs: number): Promise<void> {
    const { affected } = await this.database.execute(
      'UPDATE password_credential SET hash = ?, changed_at = ? WHERE user_id = ?',
      [hash, nowMs, owner.userId],
    );
    if (affected === 0) {
      await this.database.manager.insert(PasswordCredentialEntity, { ...owner, hash, changedAt: nowMs });
    }
  }

  /** The same password under today's settings. Only if it was not changed meanwhile. */
  async renewHash(userId: string, before: string, after: string): Promise<void> {
    await this.database.execute('UPDATE password_credential SET hash = ? WHERE user_id = ? AND hash = ?', [
      after,
      userId,
      before,
    ]);
  }

  async factors(userId: string): Promise<UserFactorEntity[]> {
    return this.database.manager.find(UserFactorEntity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async activeFactors(userId: string): Promise<UserFactorEntity[]> {
    return this.database.manager.find(UserFactorEntity, {
      where: { userId, status: 'active' },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  async addFactor(factor: UserFactorEntity): Promise<void> {
    await this.database.manager.insert(UserFactorEntity, factor);
  }

  /** False when it is not pending any more, or the step was used. */
  async activateFactor(id: string, step: number, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE user_factor SET status = 'active', last_step = ?, activated_at = ?, last_used_at = ?
       WHERE id = ? AND status = 'pending' AND last_step < ?`,
      [step, nowMs, nowMs, id, step],
    );
    return affected === 1;
  }

  /** Uses a step up, with all before it. False for all but the first of any number at once. */
  async useStep(id: string, step: number, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE user_factor SET last_step = ?, last_used_at = ? WHERE id = ? AND status = 'active' AND last_step < ?`,
      [step, nowMs, id, step],
    );
    return affected === 1;
  }

  async removeFactor(id: string): Promise<boolean> {
    return (await this.database.execute('DELETE FROM user_factor WHERE id = ?', [id])).affected === 1;
  }

  async removePendingFactors(userId: string): Promise<void> {
    await this.database.execute("DELETE FROM user_factor WHERE user_id = ? AND status = 'pending'", [userId]);
  }

  /** All before are void. */
  async replaceRecoveryCodes(
    owner: { userId: string; organizationId: string },
    hashes: readonly string[],
    nowMs: number,
  ): Promise<void> {
    await this.removeRecoveryCodes(owner.userId);
    const rows = hashes.map((codeHash) => ({
      id: newId('rcv', nowMs),
      ...owner,
      codeHash,
      createdAt: nowMs,
      usedAt: null,
    }));
    await this.database.manager.insert(RecoveryCodeEntity, rows);
  }

  async removeRecoveryCodes(userId: string): Promise<void> {
    await this.database.execute('DELETE FROM recovery_code WHERE user_id = ?', [userId]);
  }

  /** Uses a code up. False for all but the first of any number at once. */
  async useRecoveryCode(userId: string, codeHash: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE recovery_code SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL',
      [nowMs, userId, codeHash],
    );
    return affected === 1;
  }

  async recoveryCodesLeft(userId: string): Promise<{ remaining: number; createdAt: number | null }> {
    const [row] = await this.database.query<{ remaining: number; created_at: number | null }>(
      `SELECT SUM(CASE WHEN used_at IS NULL THEN 1 ELSE 0 END) AS remaining, MAX(created_at) AS created_at
       FROM recovery_code WHERE user_id = ?`,
      [userId],
    );
    const createdAt = row?.created_at ?? null;
    return { remaining: Number(row?.remaining ?? 0), createdAt: createdAt === null ? null : Number(createdAt) };
  }
}
