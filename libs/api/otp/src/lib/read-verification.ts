import type { VerificationDetail } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { MessageQueue } from '@tollgate/api/messaging';
import { readScope } from './application-caller';
import { VerificationParts } from './persistence/verification-parts';
import { SettledVerification } from './settled-verification';
import type { Verification } from './persistence/verification.entity';
import { timelineOf, type VerificationStory } from './timeline';
import { verificationView } from './verification-view';

/** As many checks as a timeline shows. */
const MAX_CHECKS = 100;
const MAX_ROUNDS = 3;

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
    let row = await this.settled.find(id, readScope(principal), at);
    for (let round = 1; ; round += 1) {
      const story = await this.storyOf(row);
      // Read in several statements: what moved meanwhile is read again, so that no answer says two things at once.
      const again = await this.settled.find(id, readScope(principal), at);
      if (round >= MAX_ROUNDS || isSame(row, again)) {
        return { ...verificationView(again, story.sends, at), timeline: timelineOf({ ...story, row: again }) };
      }
      row = again;
    }
  }

  private async storyOf(row: Verification): Promise<VerificationStory> {
    const { id } = row;
    const [sends, messages, checks, events] = await Promise.all([
      this.parts.sendsOf(id),
      row.channel === 'mobile' ? [] : this.messages.ofSource({ type: 'verification', id }),
      this.parts.checksOf(id, MAX_CHECKS),
      this.parts.eventsOf(id),
    ]);
    return { row, sends, messages, checks, events };
  }
}

function isSame(a: Verification, b: Verification): boolean {
  return (
    a.status === b.status && a.checkCount === b.checkCount && a.sendCount === b.sendCount && a.charged === b.charged
  );
}
