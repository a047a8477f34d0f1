import { Injectable } from '@nestjs/common';
import { newId } from '@tollgate/api/kernel';
import { targetOf } from './destination-vault';
import { EndUndeliverable } from './end-undeliverable';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';

/** Passes over a step of a workflow and writes down why. Inside the caller's unit of work. */
@Injectable()
export class SkipStep {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly undeliverable: EndUndeliverable,
  ) {}

  /** `code` is the error code of what stood in the way. */
  async skip(row: Verification, step: number, code: string, at: number): Promise<void> {
    if (!(await this.writes.skipStep(row, step))) return;
    await this.parts.addEvent({
      id: newId('vev', at),
      verificationId: row.id,
      organizationId: row.organizationId,
      kind: 'step_skipped',
      data: { channel: targetOf(row, step).channel, code },
      at,
    });
    await this.undeliverable.endIfSo(row.id, at);
  }
}
