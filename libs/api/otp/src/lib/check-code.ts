import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { CheckWithAuthenticator } from './check-with-authenticator';
import { InTurn } from './domain/in-turn';
import { isCodeOf } from './domain/one-time-code';
import { GuessLock } from './guess-lock';
import { EvaluateCheck } from './evaluate-check';
import type { Verification } from './persistence/verification.entity';
import { MeteredWork } from './metered-work';
import { VerificationCodes } from './verification-codes';

/** Checks of one verification that write at the same time; more would only wait for its row. */
const MOST_AT_ONCE = 4;

/** Holds a typed code against a verification that was found. Whether it is right is known before the transaction. */
@Injectable()
export class CheckCode {
  private readonly turns = new InTurn(MOST_AT_ONCE);

  constructor(
    private readonly codes: VerificationCodes,
    private readonly locking: GuessLock,
    private readonly evaluation: EvaluateCheck,
    private readonly authenticators: CheckWithAuthenticator,
    private readonly transactions: MeteredWork,
    private readonly clock: Clock,
  ) {}

  /** @throws invalid_code_format, destination_locked, factor_locked */
  async check(row: Verification, typed: string): Promise<CheckResult> {
    if (!isCodeOf(row.codeLength, typed)) {
      throw new DomainError('invalid_code_format', { param: 'code', detail: `The code has ${row.codeLength} digits` });
    }
    const { factorId } = row;
    if (factorId !== null) return this.turns.run(row.id, () => this.authenticators.check(row, factorId, typed));
    const evidence = (await this.codes.matches(row, typed)) ? 'right' : 'wrong_code';
    return this.turns.run(row.id, async () => {
      const at = this.clock.now();
      const guessedBefore = await this.locking.assertOpen(row, at);
      return this.transactions.run(row, () => this.evaluation.evaluate(row, { evidence, guessedBefore, at }));
    });
  }
}
