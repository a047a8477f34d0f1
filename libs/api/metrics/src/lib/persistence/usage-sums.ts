import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import { addSketches, type LatencySketch } from '../domain/latency-sketch';
import { COUNTERS, type Counter } from '../usage-meter';
import type { View } from './usage-rollups';

/** Which counters are wanted. Instants are epoch ms on the 15-minute grain, half-open. */
export interface UsageQuestion {
  readonly view: View;
  readonly from: number;
  readonly to: number;
  readonly test: boolean;
  readonly organizationId: string | null;
  readonly applicationId: string | null;
  readonly channel: string | null;
  readonly country: string | null;
}

export const DIMENSIONS = {
  bucket: 'bucket',
  channel: 'channel',
  country: 'country',
  provider: 'provider',
  application: 'application_id',
  organization: 'organization_id',
} as const;
export type Dimension = keyof typeof DIMENSIONS;

export type SumRow = Readonly<Record<Counter, number>> & Readonly<Record<string, number | string>>;

const TEXT_FILTERS = [
  ['organizationId', 'organization_id'],
  ['applicationId', 'application_id'],
  ['channel', 'channel'],
  ['country', 'country'],
] as const;

/**
 * Sums over the rollups and the rows that are not folded yet, in one statement: a fold between two statements would
 * count its rows twice or never.
 */
@Injectable()
export class UsageSums {
  constructor(private readonly database: Database) {}

  async sums(question: UsageQuestion, by: readonly Dimension[]): Promise<SumRow[]> {
    const groups = by.map((dimension) => DIMENSIONS[dimension]);
    const { sql, values } = this.source(question, [...new Set([...groups, 'channel'])], COUNTERS);
    const names = groups.join(', ');
    const sums = COUNTERS.map((counter) => `SUM(${counter}) AS ${counter}`).join(', ');
    const rows = await this.database.query<Record<string, number | string>>(
      groups.length === 0
        ? `SELECT ${sums} FROM (${sql}) u`
        : `SELECT ${names}, ${sums} FROM (${sql}) u GROUP BY ${names} ORDER BY ${names}`,
      values,
    );
    // MySQL gives sums as decimals, and null where there is no row.
    return rows.map(
      (row) =>
        ({ ...row, ...Object.fromEntries(COUNTERS.map((counter) => [counter, Number(row[counter] ?? 0)])) }) as SumRow,
    );
  }

  async sketches(question: UsageQuestion): Promise<{ delivery: LatencySketch; approval: LatencySketch }> {
    const conditions = this.conditions(question);
    const column = question.view === 'cohort' ? 'cohort_bucket' : 'event_bucket';
    const rows = await this.database.query<{
      delivery_sketch: string | null;
      approval_sketch: string | null;
      latency_kind: string | null;
      latency_key: number | null;
    }>(
      `SELECT delivery_sketch, approval_sketch, NULL AS latency_kind, NULL AS latency_key FROM usage_rollup
        WHERE view_name = ? AND bucket >= ? AND bucket < ? AND (delivery_sketch IS NOT NULL OR approval_sketch IS NOT NULL) AND ${conditions.sql}
       UNION ALL
       SELECT NULL, NULL, latency_kind, latency_key FROM usage_event
        WHERE folded = 0 AND latency_kind IS NOT NULL AND ${column} >= ? AND ${column} < ? AND ${conditions.sql}`,
      [
        question.view,
        question.from,
        question.to,
        ...conditions.values,
        question.from,
        question.to,
        ...conditions.values,
      ],
    );
    let delivery: LatencySketch = {};
    let approval: LatencySketch = {};
    for (const row of rows) {
      const single: LatencySketch = row.latency_key === null ? {} : { [row.latency_key]: 1 };
      if (row.delivery_sketch !== null)
        delivery = addSketches(delivery, JSON.parse(row.delivery_sketch) as LatencySketch);
      if (row.approval_sketch !== null)
        approval = addSketches(approval, JSON.parse(row.approval_sketch) as LatencySketch);
      if (row.latency_kind === 'delivery') delivery = addSketches(delivery, single);
      if (row.latency_kind === 'approval') approval = addSketches(approval, single);
    }
    return { delivery, approval };
  }

  private source(
    question: UsageQuestion,
    dimensions: readonly string[],
    counters: readonly Counter[],
  ): { sql: string; values: SqlValue[] } {
    const conditions = this.conditions(question);
    const column = question.view === 'cohort' ? 'cohort_bucket' : 'event_bucket';
    const dimensionsOfEvents = dimensions.map((name) => (name === 'bucket' ? `${column} AS bucket` : name));
    return {
      sql: `SELECT ${[...dimensions, ...counters].join(', ')} FROM usage_rollup WHERE view_name = ? AND bucket >= ? AND bucket < ? AND ${conditions.sql}
            UNION ALL
            SELECT ${[...dimensionsOfEvents, ...counters].join(', ')} FROM usage_event WHERE folded = 0 AND ${column} >= ? AND ${column} < ? AND ${conditions.sql}`,
      values: [
        question.view,
        question.from,
        question.to,
        ...conditions.values,
        question.from,
        question.to,
        ...conditions.values,
      ],
    };
  }

  private conditions(question: UsageQuestion): { sql: string; values: SqlValue[] } {
    const given = TEXT_FILTERS.filter(([member]) => question[member] !== null);
    return {
      sql: ['test = ?', ...given.map(([, column]) => `${column} = ?`)].join(' AND '),
      values: [question.test ? 1 : 0, ...given.map(([member]) => question[member])],
    };
  }
}
