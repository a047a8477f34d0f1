import { Inject, Injectable } from '@nestjs/common';
import { JobQueue } from '@tollgate/api/jobs';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { crossedDownwards } from './domain/postings';
import type { PostedResult } from './persistence/ledger-writer';

/**
 * Tells staff that credits run low: a job in the transaction of the charge that made the step over the organization's
 * threshold. The account's row lock orders all postings, so exactly one of them makes it.
 */
@Injectable()
export class NoticeLowBalance {
  constructor(
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(JobQueue) private readonly jobs: JobQueue,
  ) {}

  async notice(organizationId: string, { postedBefore, postedAfter }: PostedResult): Promise<void> {
    if (postedAfter >= postedBefore) return;
    const organization = await this.organizations.find(organizationId);
    const threshold = organization?.settings.lowBalanceThreshold ?? null;
    if (!crossedDownwards(threshold, postedBefore, postedAfter)) return;
    await this.jobs.enqueue({
      type: 'operations.low_balance',
      payload: { organization_id: organizationId, balance: postedAfter, threshold },
      dedupeKey: organizationId,
    });
  }
}
