import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { assertResendable } from './domain/resend-rule';
import { EndVerification } from './end-verification';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { SendAgain } from './send-again';
import { verificationView } from './verification-view';

/** A start that met a pending verification: answers with it, and after its cool-down sends it again. */
@Injectable()
export class ContinueVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly sending: SendAgain,
    private readonly ending: EndVerification,
  ) {}

  /** The pending one, if it would be answered as it is with nothing sent. */
  async quietly(pendingKey: string, at: number): Promise<VerificationView | null> {
    const row = await this.writes.byPendingKey(pendingKey);
    return row !== null && row.expiresAt > at && isQuiet(row, at) ? this.view(row, at) : null;
  }

  /**
   * Inside the unit of work of the start. Null when there is none that can go on: it ended meanwhile, or its time was
   * over and it has been ended here, so that the start can open a new one.
   * @throws too_many_sends, insufficient_credits
   */
  async continue(pendingKey: string, at: number): Promise<{ resent: boolean; view: VerificationView } | null> {
    const row = await this.writes.byPendingKey(pendingKey);
    if (row === null) return null;
    if (row.expiresAt <= at) {
      await this.ending.end(row, 'expired', at);
      return null;
    }
    if (isQuiet(row, at)) return { resent: false, view: await this.view(row, at) };
    assertResendable(row, at);
    const quote = await this.sending.priceOf(row, row.step);
    const after = await this.sending.send(row, { step: row.step, cause: 'resend', quote, at });
    return after === null ? null : { resent: true, view: await this.view(after, at) };
  }

  private async view(row: Verification, at: number): Promise<VerificationView> {
    return verificationView(row, await this.parts.sendsOf(row.id), at);
  }
}

/** Inside the cool-down; an authenticator is always: nothing is sent to it. */
function isQuiet(row: Verification, at: number): boolean {
  return row.channel === 'mobile' || (row.resendAt !== null && row.resendAt > at);
}
