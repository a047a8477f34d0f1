import { Injectable } from '@nestjs/common';
import type { InputOf, metricsBreakdown, metricsTimeseries, ResultOf } from '@tollgate/contracts';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { AskMetrics } from './ask-metrics';
import { bucketsOf, type Interval } from './domain/buckets';
import { metricValueOf, metricValues } from './domain/metric-values';
import { groupRows, totalOf } from './domain/sum-rows';
import { DIMENSIONS, UsageSums, type SumRow } from './persistence/usage-sums';
import { isProvisional } from './summarize-metrics';

type Timeseries = ResultOf<typeof metricsTimeseries>;
type Breakdown = ResultOf<typeof metricsBreakdown>;

/** Metrics over time and by what they happened with. */
@Injectable()
export class CompareMetrics {
  constructor(
    private readonly ask: AskMetrics,
    private readonly sums: UsageSums,
    private readonly applications: ApplicationDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly clock: Clock,
  ) {}

  async timeseries(query: InputOf<typeof metricsTimeseries>['query'], caller: Principal): Promise<Timeseries> {
    const { question, zone, range } = await this.ask.question(query, caller);
    const rows = await this.sums.sums(question, [
      ...new Set(['bucket', 'channel', query.group_by ?? 'channel'] as const),
    ]);
    const buckets = bucketsOf(zone, range, query.bucket);
    const groups = query.group_by === undefined ? new Map([[null, rows]]) : groupRows(rows, DIMENSIONS[query.group_by]);
    return {
      metric: query.metric,
      time_zone: zone,
      series: [...groups].map(([group, groupRowsOf]) => ({
        group,
        points: this.points(query.metric, buckets, groupRowsOf),
      })),
    };
  }

  async breakdown(query: InputOf<typeof metricsBreakdown>['query'], caller: Principal): Promise<Breakdown> {
    const { question } = await this.ask.question(query, caller);
    const rows = await this.sums.sums(question, [...new Set(['channel', query.by] as const)]);
    const groups = [...groupRows(rows, DIMENSIONS[query.by])];
    const described = await Promise.all(
      groups.map(async ([group, of]) => ({
        group,
        label: await this.labelOf(query.by, group),
        metrics: metricValues(totalOf(of)),
      })),
    );
    return { rows: described.sort((a, b) => b.metrics.generated.numerator - a.metrics.generated.numerator) };
  }

  private points(metric: Timeseries['metric'], buckets: readonly Interval[], rows: readonly SumRow[]) {
    const sorted = [...rows].sort((a, b) => Number(a['bucket']) - Number(b['bucket']));
    let next = 0;
    return buckets.map(({ start, end }) => {
      const inside: SumRow[] = [];
      for (let row = sorted[next]; row !== undefined && Number(row['bucket']) < end; row = sorted[next]) {
        inside.push(row);
        next += 1;
      }
      return {
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
        provisional: isProvisional(end, this.clock.now()),
        ...metricValueOf(metric, totalOf(inside)),
      };
    });
  }

  private async labelOf(by: string, group: string): Promise<string> {
    if (by === 'application') return (await this.applications.find(group))?.name ?? group;
    if (by === 'organization') return (await this.organizations.find(group))?.name ?? group;
    return group === '' ? 'unknown' : group;
  }
}
