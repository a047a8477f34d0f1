import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { CheckWithAuthenticator } from './check-with-authenticator';
import { isCodeOf } from './domain/one-time-code';
import { GuessLock } from './guess-lock';
import { EvaluateCheck } from './evaluate-check';
import type { Verification } from './persistence/verification.entity';
import { VerificationCodes } from './verification-codes';

/** Holds a typed code against a verification that was found. Whether it is right is known before the transaction. */
@Injectable()
export class CheckCode {
  constructor(
    private readonly codes: VerificationCodes,
    private readonly locking: GuessLock,
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
    await this.locking.assertOpen(row, at);
    const evidence = (await this.codes.matches(row, typed)) ? 'right' : 'wrong_code';
    return this.unitOfWork.run(() => this.evaluation.evaluate(row, evidence, at));
  }
}
