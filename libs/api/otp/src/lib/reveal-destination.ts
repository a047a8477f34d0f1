import { Injectable } from '@nestjs/common';
import { AuditTrail, destinationRevealed } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { inScope, readScope } from './application-caller';
import { DestinationVault } from './destination-vault';
import { VerificationWrites } from './persistence/verification-writes';

/** Shows the whole destination to somebody who may see it; the look itself stands in the audit log. */
@Injectable()
export class RevealDestination {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly vault: DestinationVault,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Null once retention has removed it. @throws verification_not_found */
  async execute(id: string, principal: Principal): Promise<{ to: string | null }> {
    const row = await this.writes.byId(id);
    if (row === null || !inScope(readScope(principal), row)) throw new DomainError('verification_not_found');
    await this.unitOfWork.run(() =>
      this.audit.record(
        destinationRevealed({
          organizationId: row.organizationId,
          target: { type: 'verification', id },
          masked: row.destinationMasked ?? '',
        }),
      ),
    );
    return { to: this.vault.open(row) };
  }
}
