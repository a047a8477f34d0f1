import { Injectable } from '@nestjs/common';
import { CreditGrants } from '@tollgate/api/credits';
import { UnitOfWork } from '@tollgate/api/database';

/** The first credits of a new organization. */
@Injectable()
export class SeedCredits {
  constructor(
    private readonly grants: CreditGrants,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(organizationId: string, amount: number): Promise<void> {
    await this.unitOfWork.run(() =>
      this.grants.grant({
        organizationId,
        kind: 'grant',
        amount,
        description: 'First credits',
        reason: 'set-up',
        onceKey: `first:${organizationId}`,
      }),
    );
  }
}
