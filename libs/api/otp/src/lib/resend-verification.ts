import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { StartGate } from '@tollgate/api/limits';
import { applicationCaller } from './application-caller';
import { stepOf, targetOf } from './destination-vault';
import { assertResendable } from './domain/resend-rule';
import type { Verification } from './persistence/verification.entity';
import { attemptOf } from './prepare-start';
import { SendAgain } from './send-again';
import { SettledVerification } from './settled-verification';

/** Sends the same code again, by the same channel or another one of the workflow. */
@Injectable()
export class ResendVerification {
  constructor(
    private readonly settled: SettledVerification,
    private readonly sending: SendAgain,
    private readonly gate: StartGate,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws verification_not_found, verification_final, not_resendable, resend_cooldown, too_many_sends,
   *   quota_exceeded, spend_cap_reached, destination_suppressed, insufficient_credits
   */
  async execute(id: string, channel: 'sms' | 'email' | undefined, principal: Principal): Promise<VerificationView> {
    const at = this.clock.now();
    const row = await this.settled.find(id, applicationCaller(principal), at);
    assertResendable(row, at);
    const step = stepFor(row, channel);
    const quote = await this.sending.priceOf(row, step);
    await this.admit(row, step, quote?.price ?? 0);
    return this.unitOfWork.run(() => this.sending.resend(row, { step, cause: 'resend', quote, at }));
  }

  private async admit(row: Verification, step: number, cost: number): Promise<void> {
    if (row.testNumberId !== null) return;
    const target = targetOf(row, step);
    await this.gate.admit({
      ...attemptOf(row),
      channel: target.channel,
      destinationHash: target.limitHash,
      prefix: target.prefix,
      country: target.country,
      cost,
      kind: 'resend',
    });
  }
}

/** The step that was sent last, or the first one of the asked channel. */
function stepFor(row: Verification, channel: 'sms' | 'email' | undefined): number {
  if (channel === undefined || stepOf(row, row.step).channel === channel) return row.step;
  const step = (row.personal?.steps ?? []).findIndex((each) => each.channel === channel);
  if (step >= 0) return step;
  throw new DomainError('not_resendable', { param: 'channel', detail: `There is no destination for ${channel}` });
}
