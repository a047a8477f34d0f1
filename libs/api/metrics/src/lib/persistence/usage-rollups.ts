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

/** In the order of a row's values; the counters come after. */
const BASE = [
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
];
const COLUMNS = [...BASE, ...COUNTERS];
/** Rows of one statement. */
const CHUNK = 64;

interface Sketches {
  readonly rollup_key: string;
  readonly delivery_sketch: string | null;
  readonly approval_sketch: string | null;
}

/** Sums by bucket and dimensions. Written by the folding job alone. */
@Injectable()
export class UsageRollups {
  constructor(private readonly database: Database) {}

  /** Adds to the rows of these dimensions, or makes them. Inside the folding transaction; no dimensions come twice. */
  async add(deltas: readonly RollupDelta[]): Promise<void> {
    for (let from = 0; from < deltas.length; from += CHUNK) await this.addChunk(deltas.slice(from, from + CHUNK));
  }

  private async addChunk(deltas: readonly RollupDelta[]): Promise<void> {
    const known = await this.sketches(deltas.filter(measured).map(rollupKey));
    const row = `(${COLUMNS.map(() => '?').join(', ')})`;
    await this.database.execute(
      `INSERT INTO usage_rollup (${COLUMNS.join(', ')}) VALUES ${deltas.map(() => row).join(', ')} ${this.onConflict()}`,
      deltas.flatMap((delta) => valuesOf(delta, known.get(rollupKey(delta)))),
    );
  }

  /** Counters are added; a sketch is written whole, and left alone where nothing was measured. */
  private onConflict(): string {
    const [clause, given]: [string, (column: string) => string] =
      this.database.engine === 'sqlite'
        ? ['ON CONFLICT (rollup_key) DO UPDATE SET', (column) => `excluded.${column}`]
        : ['ON DUPLICATE KEY UPDATE', (column) => `VALUES(${column})`];
    const sketches = ['delivery_sketch', 'approval_sketch'].map(
      (column) => `${column} = COALESCE(${given(column)}, usage_rollup.${column})`,
    );
    const sums = COUNTERS.map((column) => `${column} = usage_rollup.${column} + ${given(column)}`);
    return `${clause} ${[...sketches, ...sums].join(', ')}`;
  }

  private async sketches(keys: readonly string[]): Promise<Map<string, Sketches>> {
    if (keys.length === 0) return new Map();
    const rows = await this.database.query<Sketches>(
      `SELECT rollup_key, delivery_sketch, approval_sketch FROM usage_rollup
       WHERE rollup_key IN (${keys.map(() => '?').join(', ')})`,
      keys,
    );
    return new Map(rows.map((row) => [row.rollup_key, row]));
  }
}

const measured = ({ deliverySketch, approvalSketch }: RollupDelta): boolean =>
  Object.keys(deliverySketch).length + Object.keys(approvalSketch).length > 0;

function valuesOf(delta: RollupDelta, known: Sketches | undefined): SqlValue[] {
  const sum = (stored: string | null | undefined, added: LatencySketch) =>
    serialize(Object.keys(added).length === 0 ? {} : addSketches(parse(stored ?? null), added));
  return [
    rollupKey(delta),
    delta.view,
    delta.bucket,
    delta.organizationId,
    delta.applicationId,
    delta.test ? 1 : 0,
    delta.channel,
    delta.country,
    delta.provider,
    sum(known?.delivery_sketch, delta.deliverySketch),
    sum(known?.approval_sketch, delta.approvalSketch),
    ...COUNTERS.map((counter) => delta.counts[counter] ?? 0),
  ];
}
