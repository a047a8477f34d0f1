import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import { inScope, type ReadScope } from './application-caller';
import { EndVerification } from './end-verification';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';

/**
 * A verification as it is at an instant. One whose time is over is ended here rather than later by the sweep: what a
 * caller is told does not depend on when a job runs, and what a test clock ended stays ended.
 */
@Injectable()
export class SettledVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly ending: EndVerification,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Outside a transaction. @throws verification_not_found also for one of somebody else */
  async find(id: string, scope: ReadScope, at: number): Promise<Verification> {
    const row = await this.read(id, scope);
    if (row.status !== 'pending' || row.expiresAt > at) return row;
    await this.unitOfWork.run(async () => {
      await this.ending.end(row, 'expired', at);
    });
    return this.read(id, scope);
  }

  private async read(id: string, scope: ReadScope): Promise<Verification> {
    const row = await this.writes.byId(id);
    if (row === null || !inScope(scope, row)) throw new DomainError('verification_not_found');
    return row;
  }
}
