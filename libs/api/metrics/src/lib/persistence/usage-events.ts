import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { grainOf } from '../domain/buckets';
import { sketchKey } from '../domain/latency-sketch';
import { COUNTERS, type Counter, type UsageDelta } from '../usage-meter';

export interface UnfoldedEvent {
  readonly id: string;
  readonly organization_id: string;
  readonly application_id: string;
  readonly test: number;
  readonly channel: string;
  readonly country: string;
  readonly provider: string;
  readonly cohort_bucket: number;
  readonly event_bucket: number;
  readonly latency_kind: 'delivery' | 'approval' | null;
  readonly latency_key: number | null;
}
export type CountedEvent = UnfoldedEvent & Readonly<Record<Counter, number>>;

const BASE = [
  'id',
  'organization_id',
  'application_id',
  'test',
  'channel',
  'country',
  'provider',
  'cohort_bucket',
  'event_bucket',
  'happened_at',
  'action',
  'result',
  'verification_id',
  'latency_kind',
  'latency_key',
];

/** Insert-only rows of usage; `folded` is the one column that ever changes. */
@Injectable()
export class UsageEvents {
  constructor(private readonly database: Database) {}

  /** One statement for deltas with the same counters. Only those are named, so few shapes of the statement exist. */
  async insert(deltas: readonly UsageDelta[]): Promise<void> {
    const alike = Map.groupBy(deltas, ({ counts }) =>
      COUNTERS.filter((counter) => (counts[counter] ?? 0) !== 0).join(', '),
    );
    for (const [counters, group] of alike) await this.insertAlike(counters === '' ? [] : counters.split(', '), group);
  }

  private async insertAlike(counters: readonly string[], deltas: readonly UsageDelta[]): Promise<void> {
    const columns = [...BASE, ...counters];
    const row = `(${columns.map(() => '?').join(', ')})`;
    await this.database.execute(
      `INSERT INTO usage_event (${columns.join(', ')}) VALUES ${deltas.map(() => row).join(', ')}`,
      deltas.flatMap((delta) => [
        ...baseOf(delta),
        ...counters.map((counter) => delta.counts[counter as Counter] ?? 0),
      ]),
    );
  }

  async unfolded(limit: number): Promise<CountedEvent[]> {
    return this.database.query<CountedEvent>(`SELECT * FROM usage_event WHERE folded = 0 ORDER BY id LIMIT ${limit}`);
  }

  /** How many of them were still unfolded: fewer than asked means that another process folds too. */
  async markFolded(ids: readonly string[]): Promise<number> {
    const { affected } = await this.database.execute(
      `UPDATE usage_event SET folded = 1 WHERE folded = 0 AND id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    return affected;
  }

  async purge(beforeMs: number, limit: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM usage_event WHERE folded = 1 AND happened_at < ? ORDER BY id LIMIT ${limit}`,
      [beforeMs],
    );
    if (rows.length === 0) return 0;
    const { affected } = await this.database.execute(
      `DELETE FROM usage_event WHERE id IN (${rows.map(() => '?').join(', ')})`,
      rows.map((row) => row.id),
    );
    return affected;
  }
}

/** In the order of `BASE`. */
function baseOf(delta: UsageDelta): SqlValue[] {
  return [
    newId('act', delta.at),
    delta.organizationId,
    delta.applicationId,
    delta.test ? 1 : 0,
    delta.channel,
    delta.country ?? '',
    delta.provider ?? '',
    grainOf(delta.cohortAt),
    grainOf(delta.at),
    delta.at,
    delta.activity?.action ?? null,
    delta.activity?.result ?? null,
    delta.activity?.verificationId ?? null,
    delta.latency?.kind ?? null,
    delta.latency === undefined ? null : sketchKey(delta.latency.ms),
  ];
}
