import { Injectable } from '@nestjs/common';
import { GuessGate, StartGate } from '@tollgate/api/limits';
import { attemptOf } from './prepare-start';
import type { Verification } from './persistence/verification.entity';

/** What limits learn from an evaluated check, inside its unit of work: guesses a destination, and conversions. */
@Injectable()
export class LearnFromCheck {
  constructor(
    private readonly guesses: GuessGate,
    private readonly gate: StartGate,
  ) {}

  /** `guessedBefore`: whether a right code has a series of wrong ones to end. */
  async learn(row: Verification, right: boolean, guessedBefore: boolean, at: number): Promise<void> {
    if (row.limitHash !== null && (!right || guessedBefore)) {
      await this.guesses.note(row.applicationId, row.limitHash, right, at);
    }
    if (right && row.testNumberId === null) await this.gate.observe({ kind: 'approved', attempt: attemptOf(row) });
  }
}
