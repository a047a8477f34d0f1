import { Injectable } from '@nestjs/common';
import { AuditTrail, destinationRevealed } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { DestinationCover } from '../destination-cover';
import { ReadMessages } from './read-messages';

/** Shows the whole destination to somebody who may see it; the look itself stands in the audit log. */
@Injectable()
export class RevealDestination {
  constructor(
    private readonly read: ReadMessages,
    private readonly cover: DestinationCover,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Errors: not_found, also once retention has removed it. */
  async execute(id: string, reason: string | undefined, caller: Principal): Promise<{ to: string }> {
    const row = await this.read.row(id, caller);
    if (row.destinationSealed === null)
      throw new DomainError('not_found', { detail: 'The destination was removed by retention' });
    await this.unitOfWork.run(() =>
      this.audit.record(
        destinationRevealed({
          organizationId: row.organizationId,
          target: { type: 'message', id },
          masked: row.destinationMasked,
          ...(reason === undefined ? {} : { reason }),
        }),
      ),
    );
    return { to: this.cover.open(row.id, row.destinationSealed) };
  }
}
