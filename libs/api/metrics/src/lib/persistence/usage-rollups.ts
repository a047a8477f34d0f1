import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import { addSketches, type LatencySketch } from '../domain/latency-sketch';
import { COUNTERS, type Counter } from '../usage-meter';

export type View = 'cohort' | 'event';

export interface RollupDimensions {
  readonly view: View;
  readonly bucket: number;
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: string;
  readonly country: string;
  readonly provider: string;
}

export interface RollupDelta extends RollupDimensions {
  readonly counts: Readonly<Partial<Record<Counter, number>>>;
  readonly deliverySketch: LatencySketch;
  readonly approvalSketch: LatencySketch;
}

export function rollupKey(row: RollupDimensions): string {
  return [
    row.view === 'cohort' ? 'c' : 'e',
    row.bucket,
    row.organizationId,
    row.applicationId,
    row.test ? 1 : 0,
    row.channel,
    row.country,
    row.provider,
  ].join('|');
}

const parse = (text: string | null): LatencySketch => (text === null ? {} : (JSON.parse(text) as LatencySketch));
const serialize = (sketch: LatencySketch): string | null =>
  Object.keys(sketch).length === 0 ? null : JSON.stringify(sketch);

/** Sums by bucket and dimensions. Written by the folding job alone. */
@Injectable()
export class UsageRollups {
  constructor(private readonly database: Database) {}

  /** Adds to the row of these dimensions, or makes it. Inside the folding transaction. */
  async add(delta: RollupDelta): Promise<void> {
    const key = rollupKey(delta);
    const counters = COUNTERS.filter((counter) => (delta.counts[counter] ?? 0) !== 0);
    const [known] = await this.database.query<{ delivery_sketch: string | null; approval_sketch: string | null }>(
      'SELECT delivery_sketch, approval_sketch FROM usage_rollup WHERE rollup_key = ?',
      [key],
    );
    const delivery = serialize(addSketches(parse(known?.delivery_sketch ?? null), delta.deliverySketch));
    const approval = serialize(addSketches(parse(known?.approval_sketch ?? null), delta.approvalSketch));
    const amounts: SqlValue[] = counters.map((counter) => delta.counts[counter] ?? 0);
    if (known === undefined) {
      const columns = [
        'rollup_key',
        'view_name',
        'bucket',
        'organization_id',
        'application_id',
        'test',
        'channel',
        'country',
        'provider',
        'delivery_sketch',
        'approval_sketch',
        ...counters,
      ];
      await this.database.execute(
        `INSERT INTO usage_rollup (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        [
          key,
          delta.view,
          delta.bucket,
          delta.organizationId,
          delta.applicationId,
          delta.test ? 1 : 0,
          delta.channel,
          delta.country,
          delta.provider,
          delivery,
          approval,
          ...amounts,
        ],
      );
      return;
    }
    const sets = counters.map((counter) => `${counter} = ${counter} + ?`);
    await this.database.execute(
      `UPDATE usage_rollup SET ${['delivery_sketch = ?', 'approval_sketch = ?', ...sets].join(', ')} WHERE rollup_key = ?`,
      [delivery, approval, ...amounts, key],
    );
  }
}
