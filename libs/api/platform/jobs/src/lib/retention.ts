import { Injectable } from '@nestjs/common';

/** What is removed by age. Each has a setting in days. */
export const RETENTION_KINDS = ['destinations', 'messages', 'request_logs', 'usage', 'audit_addresses'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/**
 * Removes what is older than the instant (epoch ms), at most a few hundred rows a call, and says how many it was:
 * zero ends the run. For destinations the slice asks each organization's own setting and ignores rows that it still keeps.
 */
export type Purge = (beforeMs: number) => Promise<number>;

/** Where slices say, in `onModuleInit`, how old rows of theirs are removed. One nightly job runs them all. */
@Injectable()
export class Retention {
  private readonly purges: { readonly kind: RetentionKind; readonly purge: Purge }[] = [];

  register(kind: RetentionKind, purge: Purge): void {
    this.purges.push({ kind, purge });
  }

  /** Runs every purge of the kind until it has nothing left; the rows removed. */
  async run(kind: RetentionKind, beforeMs: number): Promise<number> {
    let total = 0;
    for (const entry of this.purges.filter((candidate) => candidate.kind === kind)) {
      for (let removed = await entry.purge(beforeMs); removed > 0; removed = await entry.purge(beforeMs))
        total += removed;
    }
    return total;
  }
}
