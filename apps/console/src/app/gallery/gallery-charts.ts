import { Component } from '@angular/core';
import { Chart, Funnel, MetricTile } from '@tollgate/console/ui';

const days = Array.from({ length: 30 }, (_, at) => {
  const day = new Date(Date.UTC(2026, 9, 24) + at * 86_400_000);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(day);
});
const wave = (base: number, swing: number, shift = 0) =>
  days.map((_, at) => Math.round(base + Math.sin((at + shift) / 2.2) * swing + ((at * 37) % 11) * (swing / 14)));

@Component({
  selector: 'tg-gallery-charts',
  imports: [Chart, Funnel, MetricTile],
  template: `
    <div class="tiles">
      <tg-metric
        label="Codes generated"
        definition="One-time codes that were made. A resend repeats the code and adds none."
        [value]="48210"
        [previous]="45100"
        [trend]="trend"
        link="."
      />
      <tg-metric label="Verification rate" unit="percent" [value]="91.4" [previous]="93.2" />
      <tg-metric label="Unused rate" unit="percent" good="down" [value]="6.1" [previous]="7.4" />
      <tg-metric label="Credits used" unit="credits" good="neither" [value]="241050500" [previous]="241050500" />
      <tg-metric label="SMS success" unit="percent" [value]="null" />
    </div>
    <div class="tg-grid charts">
      <div class="tg-card">
        <tg-chart title="Verifications" subtitle="Last 30 days · UTC" kind="area" [labels]="days" [series]="activity" />
      </div>
      <div class="tg-card">
        <tg-chart
          title="Verification rate"
          subtitle="Last 30 days · UTC"
          kind="line"
          unit="percent"
          [max]="100"
          [labels]="days"
          [series]="rate"
        />
      </div>
      <div class="tg-card">
        <tg-chart
          title="Requests by outcome"
          subtitle="Last 30 days"
          kind="stacked"
          [labels]="days"
          [series]="outcomes"
        />
      </div>
      <div class="tg-card">
        <tg-chart
          title="Credits by channel"
          subtitle="This month"
          kind="bar"
          unit="credits"
          [labels]="['SMS', 'E-mail', 'Authenticator']"
          [series]="bars"
        />
      </div>
      <div class="tg-card">
        <h3>Funnel</h3>
        <tg-funnel label="From start to success" [stages]="stages" />
      </div>
      <div class="tg-card"><tg-chart title="Nothing yet" kind="bar" [labels]="days" [series]="nothing" /></div>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--tg-space-3);
    }
    .tiles {
      display: grid;
      gap: var(--tg-space-3);
      grid-template-columns: repeat(auto-fill, minmax(min(calc(50% - var(--tg-space-3)), 12.5rem), 1fr));
    }
    .charts {
      --tg-grid-min: 26rem;
    }
  `,
})
export class GalleryCharts {
  protected readonly days = days;
  protected readonly trend = wave(900, 300);
  protected readonly activity = [
    { label: 'Started', values: wave(1600, 420), slot: 1 as const },
    { label: 'Verified', values: wave(1400, 380), slot: 3 as const },
    { label: 'Period before', values: wave(1500, 300, 3), slot: 1 as const, ghost: true },
  ];
  protected readonly rate = [
    { label: 'Rate', values: wave(90, 4).map((value, at) => (at === 12 ? null : value)), slot: 3 as const },
  ];
  protected readonly outcomes = [
    { label: '2xx', values: wave(2400, 500), slot: 3 as const },
    { label: '4xx', values: wave(300, 90), slot: 6 as const },
    { label: '5xx', values: wave(20, 12), slot: 2 as const },
  ];
  protected readonly bars = [
    { label: 'This month', values: [182_000_000, 41_500_000, 3_200_000], slot: 1 as const },
    { label: 'Month before', values: [171_000_000, 39_000_000, 4_100_000], slot: 1 as const, ghost: true },
  ];
  protected readonly nothing = [{ label: 'Started', values: days.map(() => null) }];
  protected readonly stages = [
    { label: 'Started', value: 48_210, previous: 45_100 },
    { label: 'Sent', value: 47_800, previous: 44_900 },
    { label: 'Delivered', value: 45_020, previous: 43_100, unknown: true },
    { label: 'Checked', value: 44_610, previous: 42_000 },
    { label: 'Verified', value: 44_063, previous: 41_800 },
  ];
}
