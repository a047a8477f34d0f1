import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { GuessGate } from '@tollgate/api/limits';
import { CheckWithAuthenticator } from './check-with-authenticator';
import { isCodeOf } from './domain/one-time-code';
import { EvaluateCheck } from './evaluate-check';
import type { Verification } from './persistence/verification.entity';
import { VerificationCodes } from './verification-codes';

/** Holds a typed code against a verification that was found. Whether it is right is known before the transaction. */
@Injectable()
export class CheckCode {
  constructor(
    private readonly codes: VerificationCodes,
    private readonly guesses: GuessGate,
    private readonly evaluation: EvaluateCheck,
    private readonly authenticators: CheckWithAuthenticator,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws invalid_code_format, destination_locked, factor_locked */
  async check(row: Verification, typed: string): Promise<CheckResult> {
    if (!isCodeOf(row.codeLength, typed)) {
      throw new DomainError('invalid_code_format', { param: 'code', detail: `The code has ${row.codeLength} digits` });
    }
    if (row.factorId !== null) return this.authenticators.check(row, row.factorId, typed);
    const at = this.clock.now();
    await this.assertNotLocked(row, at);
    const evidence = (await this.codes.matches(row, typed)) ? 'right' : 'wrong_code';
    return this.unitOfWork.run(() => this.evaluation.evaluate(row, evidence, at));
  }

  /** The guessing is locked, never the sending: or a stranger could lock the owner out. */
  private async assertNotLocked(row: Verification, at: number): Promise<void> {
    if (row.limitHash === null) return;
    const { blockedUntil } = await this.guesses.state(row.applicationId, row.limitHash, at);
    if (blockedUntil === null || blockedUntil <= at) return;
    throw new DomainError(
      'destination_locked',
      Number.isFinite(blockedUntil) ? { retryAfter: Math.ceil((blockedUntil - at) / 1000) } : {},
    );
  }
}
