import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from './application-caller';
import { EndVerification } from './end-verification';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { SettledVerification } from './settled-verification';
import { verificationView } from './verification-view';

const MAX_ROUNDS = 20;

/** Cancels a pending verification and releases what it holds. Canceling a canceled one changes nothing. */
@Injectable()
export class CancelVerification {
  constructor(
    private readonly settled: SettledVerification,
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly ending: EndVerification,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws verification_not_found, verification_final */
  async execute(id: string, principal: Principal): Promise<VerificationView> {
    const at = this.clock.now();
    const found = await this.settled.find(id, applicationCaller(principal), at);
    return this.unitOfWork.run(async () => {
      const canceled = await this.cancel(found, at);
      return verificationView(canceled, await this.parts.sendsOf(id), at);
    });
  }

  private async cancel(read: Verification, at: number): Promise<Verification> {
    let row: Verification | null = read;
    for (let round = 0; round < MAX_ROUNDS && row !== null; round += 1) {
      if (row.status === 'canceled') return row;
      if (row.status !== 'pending') throw new DomainError('verification_final', { extra: { verification_id: row.id } });
      if (await this.ending.end(row, 'canceled', at)) {
        return { ...row, status: 'canceled', endedAt: at, pendingKey: null, resendAt: null, held: 0 };
      }
      row = await this.writes.byId(row.id);
    }
    throw new DomainError('unavailable');
  }
}
