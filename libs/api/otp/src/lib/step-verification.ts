import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { StartGate } from '@tollgate/api/limits';
import { targetOf } from './destination-vault';
import { MAX_SENDS } from './domain/cool-down';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { attemptOf } from './prepare-start';
import { SendAgain } from './send-again';
import { SkipStep } from './skip-step';

type Outcome =
  { readonly kind: 'done' } | { readonly kind: 'moved' } | { readonly kind: 'refused'; readonly code: string };

const MAX_ROUNDS = 30;

/**
 * Takes the next step of a workflow: when the one before had its time, or when no provider would take its message.
 * A step that limits refuse or that cannot be paid is skipped, with the reason in the timeline, and the one after it
 * is tried at once. Runs twice without harm: each try names the step it comes from, and the guarded UPDATE takes each
 * step once.
 */
@Injectable()
export class StepVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly sending: SendAgain,
    private readonly skipping: SkipStep,
    private readonly gate: StartGate,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** `step` is the index to go to; nothing happens when the verification is past it or has ended. */
  async execute(id: string, step: number): Promise<void> {
    let next = step;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const row = await this.writes.byId(id);
      const at = this.clock.now();
      if (row === null || row.status !== 'pending' || row.expiresAt <= at) return;
      if (row.step >= next || row.personal?.steps[next] === undefined) return;
      const outcome = await this.take(row, next, at);
      if (outcome.kind === 'done') return;
      if (outcome.kind === 'moved') continue;
      await this.skip(row, next, outcome.code, at);
      next += 1;
    }
  }

  private async take(row: Verification, step: number, at: number): Promise<Outcome> {
    if (row.sendCount >= MAX_SENDS) return { kind: 'refused', code: 'too_many_sends' };
    try {
      const quote = await this.sending.priceOf(row, step);
      await this.admit(row, step, quote?.price ?? 0);
      const sent = await this.unitOfWork.run(() => this.sending.send(row, { step, cause: 'fallback', quote, at }));
      return sent === null ? { kind: 'moved' } : { kind: 'done' };
    } catch (error) {
      // Only a refusal: anything that went wrong is for the job to try again.
      if (error instanceof DomainError && error.kind !== 'unavailable' && error.kind !== 'bug') {
        return { kind: 'refused', code: error.code };
      }
      throw error;
    }
  }

  private skip(row: Verification, step: number, code: string, at: number): Promise<void> {
    return this.unitOfWork.run(() => this.skipping.skip(row, step, code, at));
  }

  private async admit(row: Verification, step: number, cost: number): Promise<void> {
    if (row.testNumberId !== null) return;
    const { channel, limitHash, prefix, country } = targetOf(row, step);
    const attempt = { ...attemptOf(row), channel, destinationHash: limitHash, prefix, country, cost };
    await this.gate.admit({ ...attempt, kind: 'resend' });
  }
}
