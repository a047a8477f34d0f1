import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import {
  METRIC_DEFINITIONS,
  metricsBreakdown,
  metricsFunnel,
  metricsSummary,
  metricsTimeseries,
} from '@tollgate/contracts';
import type { MetricName } from '@tollgate/contracts';
import { ActiveScope, Permissions, apiResource } from '@tollgate/console/platform';
import { Chart, Funnel, Loaded, MetricTile, NOW, Region, ReportPage } from '@tollgate/console/ui';
import { Attention } from './attention';
import { BreakdownTable } from './breakdown-table';
import { FirstSteps } from './first-steps';
import { bars, charted, FUNNEL_LABELS } from './overview-charts';
import { ProviderHealth } from './provider-health';
import { boundsOf, RANGES, rangeOf, type RangeKey } from './range';
import { RecentActivity } from './recent-activity';

/** The seven of the metrics guide, which direction is good, and where the rows behind each are. */
const TILES: readonly {
  name: MetricName;
  good: 'up' | 'down' | 'neither';
  link: string;
  query?: Record<string, string>;
}[] = [
  { name: 'generated', good: 'neither', link: 'verifications' },
  { name: 'validated', good: 'up', link: 'verifications', query: { 'f.status': 'approved' } },
  { name: 'verification_rate', good: 'up', link: 'verifications', query: { 'f.status': 'approved' } },
  { name: 'success_rate', good: 'up', link: 'usage', query: { 'f.action': 'verification' } },
  { name: 'unused_rate', good: 'down', link: 'usage', query: { 'f.result': 'unused' } },
  { name: 'sms_sent', good: 'neither', link: 'messages', query: { 'f.channel': 'sms' } },
  { name: 'sms_success_rate', good: 'up', link: 'messages', query: { 'f.channel': 'sms' } },
];

/** How verification goes: the seven metrics, activity over time, the funnel, by channel and country, and what needs somebody. */
@Component({
  selector: 'tg-overview-page',
  imports: [
    Attention,
    BreakdownTable,
    Chart,
    FirstSteps,
    Funnel,
    Loaded,
    MetricTile,
    ProviderHealth,
    RecentActivity,
    Region,
    ReportPage,
  ],
  templateUrl: './overview.html',
  styleUrl: './overview.css',
})
export class OverviewPage {
  /** From the address: `?range=30d`. */
  readonly range = input<string>();
  protected readonly scope = inject(ActiveScope);
  protected readonly permissions = inject(Permissions);
  private readonly router = inject(Router);
  private readonly now = inject(NOW);

  protected readonly tiles = TILES;
  protected readonly definitions = METRIC_DEFINITIONS;
  protected readonly ranges = Object.entries(RANGES).map(([key, { label }]) => ({ key: key as RangeKey, label }));
  protected readonly key = computed(() => rangeOf(this.range()));
  protected readonly rangeLabel = computed(() => RANGES[this.key()].label);
  private readonly bucket = computed(() => RANGES[this.key()].bucket);
  // Only the quarter of an hour counts: an overview that reads itself anew every half minute would never hold still.
  private readonly bounds = computed(() => boundsOf(this.key(), this.now()), {
    equal: (a, b) => a.to === b.to && a.from === b.from,
  });
  protected readonly zone = computed(() => this.scope.organization()?.time_zone ?? 'UTC');
  private readonly query = computed(() => ({ ...this.bounds(), time_zone: this.zone() }));

  protected readonly summary = apiResource(metricsSummary, () => ({ query: this.query() }));
  protected readonly funnel = apiResource(metricsFunnel, () => ({ query: this.query() }));
  protected readonly started = this.series('started', 'channel');
  protected readonly rate = this.series('verification_rate');
  protected readonly sms = this.series('sms_success_rate');
  protected readonly credits = this.series('credits');
  protected readonly byChannel = apiResource(metricsBreakdown, () => ({
    query: { ...this.query(), by: 'channel' as const },
  }));
  protected readonly byCountry = apiResource(metricsBreakdown, () => ({
    query: { ...this.query(), by: 'country' as const },
  }));
  protected readonly byOrganization = apiResource(metricsBreakdown, () =>
    this.scope.name() === 'organization' ? undefined : { query: { ...this.query(), by: 'organization' as const } },
  );

  protected readonly activity = computed(() => charted(this.started.value(), this.bucket(), this.zone()));
  protected readonly rates = computed(() =>
    charted(this.rate.value(), this.bucket(), this.zone(), 'Verification rate'),
  );
  protected readonly smsRates = computed(() => charted(this.sms.value(), this.bucket(), this.zone(), 'SMS success'));
  protected readonly burned = computed(() => charted(this.credits.value(), this.bucket(), this.zone(), 'Credits used'));
  protected readonly channels = computed(() => bars(this.byChannel.value()));
  protected readonly stages = computed(() =>
    (this.funnel.value()?.steps ?? []).map((step) => ({ label: FUNNEL_LABELS[step.name], value: step.count })),
  );

  protected unitOf(name: MetricName): 'count' | 'percent' | 'credits' {
    const { unit } = METRIC_DEFINITIONS[name];
    return unit === 'milli_credits' ? 'credits' : unit;
  }

  protected choose(range: RangeKey): void {
    void this.router.navigate([], { queryParams: { range }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  private series(metric: MetricName, groupBy?: 'channel') {
    return apiResource(metricsTimeseries, () => ({
      query: {
        ...this.query(),
        metric,
        bucket: this.bucket(),
        ...(groupBy === undefined ? {} : { group_by: groupBy }),
      },
    }));
  }
}
