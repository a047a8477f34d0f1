import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { RefusalLog } from '@tollgate/api/limits';
import type { Verification } from './persistence/verification.entity';
import { attemptOf } from './prepare-start';

/** Keeps why a start, a resend or a check was refused, for staff who ask by the request id. Outside any transaction. */
@Injectable()
export class ExplainRefusal {
  constructor(private readonly refusals: RefusalLog) {}

  /** Runs the rule; when it refuses for now, that is written down before it is thrown on. */
  async whenThrown(row: Verification, kind: 'resend' | 'check', rule: () => void): Promise<void> {
    try {
      rule();
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'limited') await this.keep(row, kind, error);
      throw error;
    }
  }

  /** The same for what is refused on the way, by then rolled back: too few credits, too many sends. */
  async whenRejected<T>(row: Verification, kind: 'start' | 'resend', act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const refused = error instanceof DomainError && (error.kind === 'limited' || error.kind === 'insufficient');
      if (refused) await this.keep(row, kind, error);
      throw error;
    }
  }

  private async keep(row: Verification, kind: 'start' | 'resend' | 'check', error: DomainError): Promise<void> {
    await this.refusals.record({
      attempt: { ...attemptOf(row), kind },
      outcome: 'refused',
      code: error.code,
      policy: error.code,
      reasons: [{ rule: error.code, explanation: error.message, observed: null, allowed: null }],
      retryAfter: error.details.retryAfter ?? null,
    });
  }
}
