import { Injectable } from '@nestjs/common';
import { CreditLedger } from '@tollgate/api/credits';
import { JobQueue } from '@tollgate/api/jobs';
import { UsageMeter } from '@tollgate/api/metrics';
import { EndUndeliverable } from './end-undeliverable';
import { VerificationParts } from './persistence/verification-parts';
import type { VerificationSend } from './persistence/verification-parts.entity';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { STEP_JOB } from './queue-send';
import { usageOf } from './usage-of';

/** What follows when a message reached nobody. Inside the unit of work that records so. */
@Injectable()
export class GiveUpSend {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly usage: UsageMeter,
    private readonly ledger: CreditLedger,
    private readonly jobs: JobQueue,
    private readonly undeliverable: EndUndeliverable,
  ) {}

  /** When no other send may still arrive: the next step of the workflow without waiting for its time, else the end. */
  async moveOn(row: Verification, at: number): Promise<void> {
    if (row.status !== 'pending' || (await this.undeliverable.mayArrive(row.id))) return;
    const next = row.step + 1;
    if (row.personal?.steps[next] === undefined) return this.undeliverable.endIfSo(row.id, at);
    await this.jobs.enqueue({ type: STEP_JOB, payload: { verification_id: row.id, step: next } });
  }

  /**
   * Gives the price of a send back, by a new ledger entry, once: `refunded_at` is set by one conditional UPDATE, so
   * a repeated callback adds nothing.
   */
  async refund(row: Verification, send: VerificationSend, reason: string, at: number): Promise<void> {
    if (send.price === 0 || !(await this.parts.markRefunded(send.messageId, at))) return;
    await this.writes.creditBack(row.id, send.price);
    await this.usage.count([
      usageOf(row, at, { credits: -send.price }, { channel: send.channel, country: send.country }),
    ]);
    await this.ledger.refund({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      source: { type: 'message', id: send.messageId },
      reason,
    });
  }
}
