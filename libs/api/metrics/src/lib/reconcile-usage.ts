import { Injectable, Logger } from '@nestjs/common';
import { JobQueue } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { GRAIN_MS, grainOf } from './domain/buckets';
import { UsageSums, type SumRow } from './persistence/usage-sums';
import { COUNTERS, type Counter, type RawCohort, type RawUsageSources } from './usage-meter';

const DAYS_MS = 3 * 86_400_000;

/** One counter of one cohort bucket that is not what the rows say. */
export interface UsageDifference {
  readonly bucket: number;
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: string;
  readonly counter: Counter;
  readonly rollup: number;
  readonly rows: number;
}

type Source = (fromMs: number, toMs: number) => Promise<RawCohort[]>;

/** Recomputes the last three days from the rows, compares, and tells staff of any difference. It changes nothing. */
@Injectable()
export class ReconcileUsage implements RawUsageSources {
  private readonly sources: Source[] = [];
  private readonly logger = new Logger('ReconcileUsage');

  constructor(
    private readonly sums: UsageSums,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  register(source: Source): void {
    this.sources.push(source);
  }

  async execute(): Promise<UsageDifference[]> {
    const to = grainOf(this.clock.recordedAt()) - GRAIN_MS;
    const differences = await this.differences(to - DAYS_MS, to);
    if (differences.length > 0) {
      this.logger.error({
        msg: 'rollups differ from the rows',
        count: differences.length,
        first: differences.slice(0, 5),
      });
      await this.queue.enqueue({
        type: 'operations.usage_difference',
        payload: { count: differences.length },
        dedupeKey: 'usage',
      });
    }
    return differences;
  }

  /** Cohort buckets in [from, to), epoch ms on the grain. */
  async differences(from: number, to: number): Promise<UsageDifference[]> {
    const found: UsageDifference[] = [];
    for (const source of this.sources) {
      const raw = await source(from, to);
      for (const test of [false, true])
        found.push(
          ...(await this.compare(
            raw.filter((row) => row.test === test),
            test,
            from,
            to,
          )),
        );
    }
    return found;
  }

  private async compare(
    raw: readonly RawCohort[],
    test: boolean,
    from: number,
    to: number,
  ): Promise<UsageDifference[]> {
    const question = {
      view: 'cohort' as const,
      from,
      to,
      test,
      organizationId: null,
      applicationId: null,
      channel: null,
      country: null,
    };
    const rows = await this.sums.sums(question, ['bucket', 'organization', 'application', 'channel']);
    const compared = COUNTERS.filter((counter) => raw.some((row) => counter in row.counts));
    const keyOfRaw = (row: RawCohort) => [row.bucket, row.organizationId, row.applicationId, row.channel].join('|');
    const keyOfSum = (row: SumRow) =>
      [row['bucket'], row['organization_id'], row['application_id'], row['channel']].join('|');
    const fromRows = new Map(raw.map((row) => [keyOfRaw(row), row.counts]));
    const fromRollups = new Map(rows.map((row) => [keyOfSum(row), row]));
    return [...new Set([...fromRows.keys(), ...fromRollups.keys()])].flatMap((key) =>
      compared.flatMap((counter) => {
        const expected = fromRows.get(key)?.[counter] ?? 0;
        const rollup = fromRollups.get(key)?.[counter] ?? 0;
        if (expected === rollup) return [];
        const [bucket = '0', organizationId = '', applicationId = '', channel = ''] = key.split('|');
        return [
          { bucket: Number(bucket), organizationId, applicationId, test, channel, counter, rollup, rows: expected },
        ];
      }),
    );
  }
}
