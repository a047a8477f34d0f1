import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { StartGate } from '@tollgate/api/limits';
import { stepOf, targetOf } from './destination-vault';
import { assertResendable } from './domain/resend-rule';
import { ExplainRefusal } from './explain-refusal';
import type { Verification } from './persistence/verification.entity';
import { MeteredWork } from './metered-work';
import { attemptOf } from './prepare-start';
import { SendAgain } from './send-again';

/** A resend, whoever asks for it: the same rules, limits and prices. */
@Injectable()
export class RepeatSend {
  constructor(
    private readonly sending: SendAgain,
    private readonly gate: StartGate,
    private readonly explaining: ExplainRefusal,
    private readonly transactions: MeteredWork,
  ) {}

  /**
   * @throws verification_final, not_resendable, resend_cooldown, too_many_sends, quota_exceeded, spend_cap_reached,
   *   destination_suppressed, insufficient_credits
   */
  async repeat(row: Verification, channel: 'sms' | 'email' | undefined, at: number): Promise<VerificationView> {
    await this.explaining.whenThrown(row, 'resend', () => assertResendable(row, at));
    const step = stepFor(row, channel);
    const quote = await this.sending.priceOf(row, step);
    await this.admit(row, step, quote?.price ?? 0);
    return this.explaining.whenRejected(row, 'resend', () =>
      this.transactions.run(row, () => this.sending.resend(row, { step, cause: 'resend', quote, at })),
    );
  }

  private async admit(row: Verification, step: number, cost: number): Promise<void> {
    if (row.testNumberId !== null) return;
    const { channel, limitHash, prefix, country } = targetOf(row, step);
    const attempt = { ...attemptOf(row), channel, destinationHash: limitHash, prefix, country, cost };
    await this.gate.admit({ ...attempt, kind: 'resend' });
  }
}

/** The step that was sent last, or the first one of the asked channel. */
function stepFor(row: Verification, channel: 'sms' | 'email' | undefined): number {
  if (channel === undefined || stepOf(row, row.step).channel === channel) return row.step;
  const step = (row.personal?.steps ?? []).findIndex((each) => each.channel === channel);
  if (step >= 0) return step;
  throw new DomainError('not_resendable', { param: 'channel', detail: `There is no destination for ${channel}` });
}
