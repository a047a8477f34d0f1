import { JobQueue, type NewJob } from '@tollgate/api/jobs';
import { OrganizationDirectory, type OrganizationFacts } from '@tollgate/api/organizations';
import { AuditTrail, type AuditEntry } from '@tollgate/api/audit';
import { bootSlice, type Slice } from '@tollgate/api/testing';
import type { Engine, SchemaPart } from '@tollgate/api/database';
import { CreditsModule } from '../lib/credits.module';

/** The credits slice alone, with its neighbours in memory. */
export interface CreditsSlice extends Slice {
  readonly jobs: NewJob[];
  readonly audited: AuditEntry[];
  /** Threshold of every organization. */
  threshold: number | null;
  /** Daily spend cap of every organization. */
  cap: number | null;
}

export async function bootCredits(engine: Engine, schema: readonly SchemaPart[] = []): Promise<CreditsSlice> {
  const jobs: NewJob[] = [];
  const audited: AuditEntry[] = [];
  const extra = { jobs, audited, threshold: null as number | null, cap: null as number | null };
  const facts = (id: string): OrganizationFacts => ({
    id,
    slug: 'acme',
    name: 'Acme',
    status: 'active',
    country: null,
    builtIn: false,
    settings: {
      timeZone: 'UTC',
      locale: 'en',
      lowBalanceThreshold: extra.threshold,
      dailySpendCap: extra.cap,
      refundUndelivered: false,
      destinationRetentionDays: 90,
      messageRetentionDays: 90,
      requestLogRetentionDays: 30,
    },
  });
  const organizations = {
    find: (id: string) => Promise.resolve(facts(id)),
    get: (id: string) => Promise.resolve(facts(id)),
    platformId: () => Promise.resolve('org_01KAM000000000000000000000'),
  };
  const slice = await bootSlice({
    engine,
    modules: [CreditsModule],
    schema,
    overrides: [
      { provide: OrganizationDirectory, useValue: organizations },
      { provide: JobQueue, useValue: { enqueue: (job: NewJob) => Promise.resolve(void jobs.push(job)) } },
      { provide: AuditTrail, useValue: { record: (entry: AuditEntry) => Promise.resolve(void audited.push(entry)) } },
    ],
  });
  return Object.assign(extra, slice);
}
