import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { CreditEntryView } from '@tollgate/contracts';
import { LedgerReader } from './persistence/ledger-reader';
import { PostCredits } from './post-credits';

/**
 * Credits that staff put on or take off an account. The platform's Idempotency-Key makes a repetition harmless: its
 * record commits with the entry. Taking more than is available is refused, so holds stay covered.
 */
@Injectable()
export class GrantCredits {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(PostCredits) private readonly credits: PostCredits,
    @Inject(LedgerReader) private readonly reader: LedgerReader,
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws DomainError organization_required when staff named none; amount_invalid for zero; insufficient_credits
   */
  async execute(
    caller: Principal,
    kind: 'grant' | 'adjustment',
    { amount, reason }: { readonly amount: number; readonly reason: string },
  ): Promise<CreditEntryView> {
    const organizationId = caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    if (amount === 0) throw new DomainError('amount_invalid', { param: 'amount' });
    const organization = await this.organizations.get(organizationId);

    return this.unitOfWork.run(async () => {
      const description = kind === 'grant' ? 'Credits granted' : 'Credits adjusted';
      const posted = await this.credits.post({ organizationId, kind, amount, description, reason });
      const entry = await this.reader.entry({ organizationId }, posted?.transactionId ?? '');
      if (entry === null) throw new Error('the entry that was just posted is not there');
      await this.audit.record({
        action: kind === 'grant' ? 'credits.granted' : 'credits.adjusted',
        organizationId,
        target: { type: 'organization', id: organizationId, label: organization.name },
        changes: [{ field: 'balance', before: entry.balance_after - amount, after: entry.balance_after }],
        reason,
      });
      return entry;
    });
  }
}
