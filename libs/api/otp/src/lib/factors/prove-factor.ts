import { Injectable } from '@nestjs/common';
import { SecretBox, Totp } from '@tollgate/api/crypto';
import { DomainError } from '@tollgate/api/kernel';
import { assertUnlocked, lockedUntil } from '../domain/factor-lock';
import type { Factor } from '../persistence/factor.entity';
import { Factors } from '../persistence/factors';

export type FactorProof = 'right' | 'wrong_code' | 'already_used';

const MAX_ROUNDS = 20;

export const secretContext = (factorId: string): string => `factor:${factorId}`;

/**
 * Holds a code against an authenticator, inside the caller's unit of work (RFC 6238, one step of drift either way).
 *
 * Invariant: a code is accepted once, and after it none of its step or an older one (RFC 6238, 5.2). Race: of equal codes at
 * one instant the guarded `last_step` picks one; the others are told `already_used`. Every wrong code is counted, also
 * of parallel ones, by compare-and-set on the count; from the fifth on the authenticator pauses.
 */
@Injectable()
export class ProveFactor {
  constructor(
    private readonly factors: Factors,
    private readonly box: SecretBox,
  ) {}

  /** @throws factor_locked while it pauses, whatever the code is */
  async prove(read: Factor, typed: string, at: number): Promise<FactorProof> {
    let factor = read;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      assertUnlocked(factor, at);
      const step = this.stepOf(factor, typed, at);
      if (step !== null && step > factor.lastStep) {
        if (await this.factors.accept(factor.id, factor.status, step, at)) return 'right';
      } else if (await this.factors.countWrong(factor, lockedUntil(factor.failedCount + 1, at), at)) {
        return step === null ? 'wrong_code' : 'already_used';
      }
      const again = await this.factors.find(factor.id, factor);
      if (again === null || again.status !== factor.status) throw new DomainError('factor_state');
      factor = again;
    }
    throw new DomainError('unavailable');
  }

  /** The step that the code belongs to, used or not. */
  private stepOf(factor: Factor, typed: string, at: number): number | null {
    if (factor.secretSealed === null) return null;
    const secret = this.box.open(factor.secretSealed, secretContext(factor.id));
    return Totp.verify({ secret, token: typed, atMs: at, window: 1, lastStep: null })?.step ?? null;
  }
}
