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

  async learn(row: Verification, right: boolean, at: number): Promise<void> {
    if (row.limitHash !== null) await this.guesses.note(row.applicationId, row.limitHash, right, at);
    if (right && row.testNumberId === null) await this.gate.observe({ kind: 'approved', attempt: attemptOf(row) });
  }
}
