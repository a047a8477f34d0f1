import type { FactorStatus } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { inScope, type ReadScope } from '../application-caller';
import { Factor, FactorCheck, FactorRecoveryCode } from './factor.entity';

/** Authenticators of end users, their recovery codes and their checks. */
@Injectable()
export class Factors {
  constructor(private readonly database: Database) {}

  async find(id: string, scope: ReadScope): Promise<Factor | null> {
    const factor = await this.database.manager.findOneBy(Factor, { id });
    return factor !== null && inScope(scope, factor) ? factor : null;
  }

  async add(factor: Factor): Promise<void> {
    await this.database.manager.insert(Factor, factor);
  }

  /**
   * Accepts a code of a step once: of any number of parallel equal codes one moves `last_step` on, and a code of an
   * older step never does. Clears the count of wrong ones.
   */
  async accept(id: string, status: FactorStatus, step: number, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE factor SET last_step = ?, failed_count = 0, locked_until = NULL, last_used_at = ?
       WHERE id = ? AND status = ? AND last_step < ? AND (locked_until IS NULL OR locked_until <= ?)`,
      [step, at, id, status, step, at],
    );
    return affected === 1;
  }

  /** Counts a wrong code; false when the count has moved since it was read, or the authenticator is locked. */
  async countWrong(factor: Factor, lockedUntil: number | null, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE factor SET failed_count = ?, locked_until = ?
       WHERE id = ? AND status = ? AND failed_count = ? AND (locked_until IS NULL OR locked_until <= ?)`,
      [factor.failedCount + 1, lockedUntil, factor.id, factor.status, factor.failedCount, at],
    );
    return affected === 1;
  }

  /** Pending to active, once. */
  async activate(id: string, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE factor SET status = 'active', activated_at = ? WHERE id = ? AND status = 'pending'`,
      [at, id],
    );
    return affected === 1;
  }

  /** Erases the secret for good. */
  async delete(id: string, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE factor SET status = 'deleted', deleted_at = ?, secret_sealed = NULL WHERE id = ? AND status <> 'deleted'`,
      [at, id],
    );
    if (affected === 1) await this.database.execute(`DELETE FROM factor_recovery_code WHERE factor_id = ?`, [id]);
    return affected === 1;
  }

  async replaceRecoveryCodes(factorId: string, codes: readonly FactorRecoveryCode[]): Promise<void> {
    await this.database.execute(`DELETE FROM factor_recovery_code WHERE factor_id = ?`, [factorId]);
    await this.database.manager.insert(FactorRecoveryCode, [...codes]);
  }

  /** True for the one caller that uses this code up. */
  async useRecoveryCode(factorId: string, codeHash: string, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE factor_recovery_code SET used_at = ? WHERE factor_id = ? AND code_hash = ? AND used_at IS NULL`,
      [at, factorId, codeHash],
    );
    return affected === 1;
  }

  /** A recovery code also ends a lock: its holder has proven more than the locked-out guesser could. */
  async unlock(id: string, at: number): Promise<void> {
    await this.database.execute(
      `UPDATE factor SET failed_count = 0, locked_until = NULL, last_used_at = ? WHERE id = ?`,
      [at, id],
    );
  }

  async recoveryCodesLeft(factorIds: readonly string[]): Promise<Map<string, number>> {
    if (factorIds.length === 0) return new Map();
    const rows = await this.database.query<{ factorId: string; unused: number }>(
      `SELECT factor_id AS factorId, COUNT(*) AS unused FROM factor_recovery_code
       WHERE factor_id IN (${factorIds.map(() => '?').join(', ')}) AND used_at IS NULL GROUP BY factor_id`,
      factorIds,
    );
    return new Map(rows.map((row) => [row.factorId, Number(row.unused)]));
  }

  async addCheck(check: FactorCheck): Promise<void> {
    await this.database.manager.insert(FactorCheck, check);
  }
}
