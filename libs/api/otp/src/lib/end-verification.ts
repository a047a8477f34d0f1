import { Injectable } from '@nestjs/common';
import { CreditLedger } from '@tollgate/api/credits';
import { UsageMeter } from '@tollgate/api/metrics';
import { usageOf } from './usage-of';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';

/** Every end without approval or failure: expired, canceled, undeliverable. Inside the unit of work of its cause. */
@Injectable()
export class EndVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly usage: UsageMeter,
    private readonly ledger: CreditLedger,
  ) {}

  /**
   * Ends it and releases what it holds for the check. The guarded UPDATE picks the one caller that releases; false
   * means that the row has moved since it was read, and the caller reads it again.
   */
  async end(row: Verification, status: 'expired' | 'canceled' | 'undeliverable', at: number): Promise<boolean> {
    if (!(await this.markEnded(row, status, at))) return false;
    await this.ledger.release({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      held: row.held,
    });
    return true;
  }

  /** Ends it without releasing: for a sweep that releases many at once. What it held is `row.held`. */
  async markEnded(row: Verification, status: 'expired' | 'canceled' | 'undeliverable', at: number): Promise<boolean> {
    if (!(await this.writes.end(row, status, at))) return false;
    const untried = status !== 'undeliverable' && row.checkCount === 0;
    const counts = untried ? { [status]: 1, unused: 1 } : { [status]: 1 };
    const activity =
      status === 'undeliverable'
        ? ({ action: 'authentication', result: 'failed' } as const)
        : untried && status === 'expired'
          ? ({ action: 'authentication', result: 'unused' } as const)
          : {};
    await this.usage.count([usageOf(row, at, counts, activity)]);
    return true;
  }
}
