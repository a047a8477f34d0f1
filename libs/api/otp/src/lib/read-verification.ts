import type { VerificationDetail } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { MessageQueue } from '@tollgate/api/messaging';
import { readScope } from './application-caller';
import { VerificationParts } from './persistence/verification-parts';
import { SettledVerification } from './settled-verification';
import { timelineOf } from './timeline';
import { verificationView } from './verification-view';

/** As many checks as a timeline shows. */
const MAX_CHECKS = 100;

/** One verification with everything that happened to it. */
@Injectable()
export class ReadVerification {
  constructor(
    private readonly settled: SettledVerification,
    private readonly parts: VerificationParts,
    private readonly messages: MessageQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws verification_not_found */
  async execute(id: string, principal: Principal): Promise<VerificationDetail> {
    const at = this.clock.now();
    const row = await this.settled.find(id, readScope(principal), at);
    const [sends, messages, checks, events] = await Promise.all([
      this.parts.sendsOf(id),
      row.channel === 'mobile' ? [] : this.messages.ofSource({ type: 'verification', id }),
      this.parts.checksOf(id, MAX_CHECKS),
      this.parts.eventsOf(id),
    ]);
    return { ...verificationView(row, sends, at), timeline: timelineOf({ row, sends, messages, checks, events }) };
  }
}
