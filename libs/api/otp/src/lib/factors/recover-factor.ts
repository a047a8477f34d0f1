import { Injectable } from '@nestjs/common';
import { KeyedHash, normalizeRecoveryCode } from '@tollgate/api/crypto';
import { DomainError } from '@tollgate/api/kernel';
import { assertUnlocked, lockedUntil } from '../domain/factor-lock';
import type { Factor } from '../persistence/factor.entity';
import { Factors } from '../persistence/factors';
import type { FactorProof } from './prove-factor';

const MAX_ROUNDS = 20;

export const RECOVERY_HASH = 'factor_recovery_code';

/**
 * Accepts a recovery code once. A pause for wrong codes of the app does not hold it up, since who lost the app needs it
 * most and 50 random bits are not guessed; wrong ones are counted like any wrong code, and after the last allowed
 * failure nothing is accepted.
 */
@Injectable()
export class RecoverFactor {
  constructor(
    private readonly factors: Factors,
    private readonly hashes: KeyedHash,
  ) {}

  /** Inside the caller's unit of work. @throws factor_locked */
  async recover(read: Factor, typed: string, at: number): Promise<FactorProof> {
    const code = normalizeRecoveryCode(typed);
    if (code !== null && (await this.factors.useRecoveryCode(read.id, this.hashes.of(RECOVERY_HASH, code), at))) {
      await this.factors.unlock(read.id, at);
      return 'right';
    }
    return this.countWrong(read, at);
  }

  private async countWrong(read: Factor, at: number): Promise<FactorProof> {
    let factor: Factor | null = read;
    for (let round = 0; round < MAX_ROUNDS && factor !== null; round += 1) {
      assertUnlocked(factor, at);
      if (await this.factors.countWrong(factor, lockedUntil(factor.failedCount + 1, at), at)) return 'wrong_code';
      factor = await this.factors.find(factor.id, factor);
    }
    throw new DomainError('unavailable');
  }
}
