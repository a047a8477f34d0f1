import { Injectable } from '@nestjs/common';
import { Database, UnitOfWork } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { sealRows } from './domain/hash-chain';
import { AuditSeals } from './persistence/audit-seals';

const ORGANIZATIONS_AT_ONCE = 100;
const EVENTS_AT_ONCE = 100;

/**
 * Numbers and hashes the events that have no seal yet, each organization's chain in a transaction of its own. Any
 * number of processes may do it at once: a place in a chain can be taken once, and who comes second tries again later.
 */
@Injectable()
export class SealAuditChains {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly seals: AuditSeals,
  ) {}

  /** How many events got their seal. Nothing is left when it returns 0, but for what another process is sealing. */
  async execute(): Promise<number> {
    let sealed = 0;
    for (const organizationId of await this.seals.waiting(ORGANIZATIONS_AT_ONCE)) {
      sealed += await this.sealSome(organizationId);
    }
    return sealed;
  }

  private async sealSome(organizationId: string): Promise<number> {
    try {
      return await this.unitOfWork.run(async () => {
        const head = await this.seals.head(organizationId);
        const rows = await this.seals.pending(organizationId, EVENTS_AT_ONCE);
        if (rows.length > 0) await this.seals.append(sealRows(head, rows, this.clock.recordedAt()));
        return rows.length;
      });
    } catch (error) {
      if (this.database.isDuplicate(error)) return 0;
      throw error;
    }
  }
}
