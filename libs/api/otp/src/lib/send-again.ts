import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { CreditLedger, type Quote } from '@tollgate/api/credits';
import { DomainError } from '@tollgate/api/kernel';
import { UsageMeter } from '@tollgate/api/metrics';
import { chargeLine } from './charge-line';
import { targetOf } from './destination-vault';
import { resendAvailableAt } from './domain/cool-down';
import { assertResendable } from './domain/resend-rule';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { QueueSend } from './queue-send';
import { usageOf } from './usage-of';
import { verificationView } from './verification-view';

export interface FurtherSend {
  /** Index in the workflow. */
  readonly step: number;
  readonly cause: 'resend' | 'fallback';
  /** Null = free. */
  readonly quote: Quote | null;
  readonly at: number;
}

const MAX_ROUNDS = 10;

/** A further send of a pending verification: a resend, or the next step of its workflow. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly sends: QueueSend,
    private readonly usage: UsageMeter,
    private readonly ledger: CreditLedger,
    private readonly applications: ApplicationDirectory,
  ) {}

  /** The price of sending that step; cached. Null = free: test keys and live test numbers. */
  async priceOf(row: Verification, step: number): Promise<Quote | null> {
    if (row.test || row.testNumberId !== null) return null;
    const { channel, country } = targetOf(row, step);
    return this.ledger.quote(`send.${channel}`, country);
  }

  /**
   * Sends if the cool-down allows it, for the row as it is by now: of two resends at one instant the second meets the
   * new cool-down. Inside the caller's unit of work.
   * @throws resend_cooldown, too_many_sends, verification_final, insufficient_credits, spend_cap_reached
   */
  async resend(read: Verification, order: FurtherSend): Promise<VerificationView> {
    let row: Verification | null = read;
    for (let round = 0; round < MAX_ROUNDS && row !== null; round += 1) {
      assertResendable(row, order.at);
      const after = await this.send(row, order);
      if (after !== null) return verificationView(after, await this.parts.sendsOf(row.id), order.at);
      row = await this.writes.byId(row.id);
    }
    throw new DomainError('unavailable');
  }

  /**
   * Sends without asking the cool-down, inside the caller's unit of work, and charges last. The guarded UPDATE takes
   * one send of the row as it was read. Null when the row has moved since.
   * @throws insufficient_credits, spend_cap_reached, and then the whole unit of work is rolled back
   */
  async send(row: Verification, { step, cause, quote, at }: FurtherSend): Promise<Verification | null> {
    const price = quote?.price ?? 0;
    const seq = row.sendCount + 1;
    const resendAt = resendAvailableAt(seq, at);
    if (!(await this.writes.countSend(row, { step, price, resendAt, at }))) return null;
    const after = { ...row, sendCount: seq, step, resendAt, charged: row.charged + price };
    if (row.testNumberId !== null) return after;
    const sent = await this.sends.queue({ row, step, seq, cause, price, at });
    const { channel, country } = targetOf(row, step);
    const activity = { action: 'authentication', result: 'success' } as const;
    await this.usage.count([usageOf(row, at, { sends: 1, credits: price }, { ...activity, channel, country })]);
    if (quote !== null) {
      await this.ledger.charge({
        organizationId: row.organizationId,
        applicationId: row.applicationId,
        lines: [chargeLine(quote, { type: 'message', id: sent.messageId })],
        hold: 0,
        applicationDailyCap: (await this.applications.get(row.applicationId)).dailySpendCap,
      });
    }
    return after;
  }
}
