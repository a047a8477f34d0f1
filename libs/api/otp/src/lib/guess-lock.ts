import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { GuessGate } from '@tollgate/api/limits';
import { paused } from './domain/paused';
import { ExplainRefusal } from './explain-refusal';
import type { Verification } from './persistence/verification.entity';

const HOUR_MS = 3_600_000;

/** Whether codes for a destination may be guessed at just now, over all its verifications. */
@Injectable()
export class GuessLock {
  constructor(
    private readonly guesses: GuessGate,
    private readonly explaining: ExplainRefusal,
  ) {}

  /**
   * The guessing is locked, never the sending: or a stranger could lock the owner out.
   * @returns whether wrong codes are on record, which a right one clears
   * @throws destination_locked
   */
  async assertOpen(row: Verification, at: number): Promise<boolean> {
    if (row.limitHash === null) return false;
    const { blockedUntil, counted } = await this.guesses.state(row.applicationId, row.limitHash, at);
    if (blockedUntil === null || blockedUntil <= at) return counted;
    await this.explaining.whenThrown(row, 'check', () => {
      if (!Number.isFinite(blockedUntil)) throw new DomainError('destination_locked');
      throw paused(
        'destination_locked',
        { rule: 'wrong_checks', limit: 10, windowMs: HOUR_MS, until: blockedUntil },
        at,
      );
    });
    return counted;
  }
}
