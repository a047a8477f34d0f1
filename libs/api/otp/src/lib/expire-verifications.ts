import { Injectable } from '@nestjs/common';
import { CreditLedger } from '@tollgate/api/credits';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { EndVerification } from './end-verification';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';

const CHUNK = 200;

/**
 * The sweep: ends pending verifications whose time is over, in chunks, each organization's part of a chunk in one
 * transaction with one release. Runs in any number of processes at once: a row is released by whoever ended it. Its
 * time is the unmoved one: only requests of test keys live in another.
 */
@Injectable()
export class ExpireVerifications {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly ending: EndVerification,
    private readonly ledger: CreditLedger,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** How many it ended. What fails of one application is told at the end and keeps nobody else's waiting. */
  async execute(): Promise<number> {
    const at = this.clock.recordedAt();
    let total = 0;
    for (;;) {
      const due = await this.writes.due(at, CHUNK);
      const failures: unknown[] = [];
      let ended = 0;
      for (const rows of byApplication(due)) {
        ended += await this.expire(rows, at).catch((error: unknown) => {
          failures.push(error);
          return 0;
        });
      }
      total += ended;
      if (due.length === CHUNK && ended > 0) continue;
      if (failures.length > 0) throw new AggregateError(failures, 'some verifications could not be expired');
      return total;
    }
  }

  private expire(rows: readonly Verification[], at: number): Promise<number> {
    return this.unitOfWork.run(async () => {
      const ended: Verification[] = [];
      for (const row of rows) if (await this.ending.markEnded(row, 'expired', at)) ended.push(row);
      const [first] = ended;
      if (first === undefined) return 0;
      const held = ended.reduce((sum, row) => sum + row.held, 0);
      const { organizationId, applicationId } = first;
      await this.ledger.release({ organizationId, applicationId, held });
      return ended.length;
    });
  }
}

/** In a fixed order, so that two sweeps take their locks in the same one. */
function byApplication(rows: readonly Verification[]): Verification[][] {
  const groups = new Map<string, Verification[]>();
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const group = groups.get(row.applicationId);
    if (group === undefined) groups.set(row.applicationId, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
