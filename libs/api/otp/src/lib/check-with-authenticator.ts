import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { EvaluateCheck } from './evaluate-check';
import { ProveFactor, type FactorProof } from './factors/prove-factor';
import { MeteredWork } from './metered-work';
import { Factors } from './persistence/factors';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';

/**
 * Checks a verification of the channel mobile: the code is the authenticator's own. The verification is read again
 * inside the transaction, so that one that has ended uses up no code of the app.
 */
@Injectable()
export class CheckWithAuthenticator {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly factors: Factors,
    private readonly proving: ProveFactor,
    private readonly evaluation: EvaluateCheck,
    private readonly transactions: MeteredWork,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_locked, verification_not_found */
  async check(read: Verification, factorId: string, typed: string): Promise<CheckResult> {
    const at = this.clock.now();
    return this.transactions.run(read, async () => {
      const row = await this.writes.byId(read.id);
      if (row === null) throw new DomainError('verification_not_found');
      const open = row.status === 'pending' && row.expiresAt > at;
      const evidence = open ? await this.proof(row, factorId, typed, at) : 'wrong_code';
      return this.evaluation.evaluate(row, { evidence, guessedBefore: false, at });
    });
  }

  private async proof(row: Verification, factorId: string, typed: string, at: number): Promise<FactorProof> {
    const factor = await this.factors.find(factorId, row);
    // Deleting a factor cancels what is pending with it; one that slipped in between has no right code.
    if (factor === null || factor.status !== 'active') return 'wrong_code';
    return this.proving.prove(factor, typed, at);
  }
}
