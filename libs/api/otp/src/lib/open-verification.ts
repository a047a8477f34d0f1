import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { CreditLedger, type ChargeLine } from '@tollgate/api/credits';
import { StartGate } from '@tollgate/api/limits';
import { UsageMeter } from '@tollgate/api/metrics';
import { VerificationWrites } from './persistence/verification-writes';
import type { VerificationSend } from './persistence/verification-parts.entity';
import type { StartPlan } from './prepare-start';
import { QueueSend } from './queue-send';
import { chargeLine } from './charge-line';
import { usageOf } from './usage-of';

/** A row and the sends that it has by now. */
export interface OpenedVerification {
  readonly row: StartPlan['row'];
  readonly sends: readonly VerificationSend[];
}

/**
 * The writes of a start, inside one unit of work, the account row last: it is the one row that others wait for.
 *
 * Statements of a live start by message: verification, message, send, usage, what the guard observes, and the ledger's
 * four; one more with an Idempotency-Key and with a daily spend cap, and a job when a fallback follows. Nothing is
 * read. Before it the gate sends one; application, prices, keys and limits are cached.
 */
@Injectable()
export class OpenVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly sends: QueueSend,
    private readonly usage: UsageMeter,
    private readonly gate: StartGate,
    private readonly ledger: CreditLedger,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when another verification is pending for the same key; nothing has been written then. */
  async open({ row, prices, attempt, dailySpendCap }: StartPlan): Promise<OpenedVerification | null> {
    if (!(await this.writes.insert(row))) return null;
    const sent = row.channel === 'mobile' || row.testNumberId !== null ? null : await this.send(row, prices);
    await this.usage.count([
      usageOf(
        row,
        row.createdAt,
        { started: 1, generated: 1, allowed: 1, ...(sent === null ? {} : { sends: 1 }), credits: row.charged },
        { action: 'authentication', result: 'success' },
      ),
    ]);
    if (row.testNumberId === null) await this.gate.observe({ kind: 'started', attempt });
    else await this.noteTestNumber(row);
    if (prices !== null) await this.charge(row, prices, sent, dailySpendCap);
    return { row, sends: sent === null ? [] : [sent] };
  }

  /** Keeps what the fraud guard stopped: readable, final, free of charge. */
  async keepBlocked({ row }: StartPlan): Promise<void> {
    const blocked = {
      ...row,
      status: 'blocked' as const,
      pendingKey: null,
      endedAt: row.createdAt,
      resendAt: null,
      sendCount: 0,
      charged: 0,
      held: 0,
      startPrice: 0,
      checkPrice: 0,
      checkPriceId: null,
    };
    await this.writes.insert(blocked);
    await this.usage.count([
      usageOf(blocked, blocked.createdAt, { blocked: 1 }, { action: 'authentication', result: 'failed' }),
    ]);
  }

  private send(row: StartPlan['row'], prices: StartPlan['prices']): Promise<VerificationSend> {
    const price = prices?.send.price ?? 0;
    return this.sends.queue({ row, step: 0, seq: 1, cause: 'start', price, at: row.createdAt });
  }

  private async charge(
    row: StartPlan['row'],
    prices: NonNullable<StartPlan['prices']>,
    sent: VerificationSend | null,
    applicationDailyCap: number | null,
  ): Promise<void> {
    const lines: ChargeLine[] = [
      chargeLine(prices.start, { type: 'verification', id: row.id }),
      // The message is what a send is charged to, so that its refund is exact; opening an authenticator has none.
      chargeLine(
        prices.send,
        sent === null ? { type: 'verification', id: row.id } : { type: 'message', id: sent.messageId },
      ),
    ];
    await this.ledger.charge({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      lines,
      hold: row.held,
      applicationDailyCap,
    });
  }

  private async noteTestNumber(row: StartPlan['row']): Promise<void> {
    await this.audit.record({
      action: 'verification.test_number_used',
      organizationId: row.organizationId,
      target: { type: 'verification', id: row.id, ...(row.destinationMasked ? { label: row.destinationMasked } : {}) },
    });
  }
}
