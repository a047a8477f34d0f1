import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from './application-caller';
import { RepeatSend } from './repeat-send';
import { SettledVerification } from './settled-verification';

/** Sends the same code again for the application, by the same channel or another one of the workflow. */
@Injectable()
export class ResendVerification {
  constructor(
    private readonly settled: SettledVerification,
    private readonly repeating: RepeatSend,
    private readonly clock: Clock,
  ) {}

  /** @throws verification_not_found, and what `RepeatSend` throws */
  async execute(id: string, channel: 'sms' | 'email' | undefined, principal: Principal): Promise<VerificationView> {
    const at = this.clock.now();
    const row = await this.settled.find(id, applicationCaller(principal), at);
    return this.repeating.repeat(row, channel, at);
  }
}
