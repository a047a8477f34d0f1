import { Component, computed, input } from '@angular/core';
import type { metricsBreakdown, ResultOf } from '@tollgate/contracts';
import { CountPipe } from '@tollgate/console/ui';
import { channelName } from './overview-charts';

type Row = ResultOf<typeof metricsBreakdown>['rows'][number];
const MOST = 8;
const percent = (value: number | null): string => (value === null ? '–' : `${Math.round(value * 10) / 10} %`);

/** The largest groups with volume and rate; the rest in one line. */
@Component({
  selector: 'tg-breakdown-table',
  imports: [CountPipe],
  template: `
    <table>
      <thead>
        <tr>
          <th scope="col">{{ label() }}</th>
          <th scope="col" class="end">Started</th>
          <th scope="col" class="end">Approved</th>
          <th scope="col" class="end">Rate</th>
        </tr>
      </thead>
      <tbody>
        @for (row of shown(); track row.group) {
          <tr>
            <th scope="row">{{ name(row) }}</th>
            <td class="end">{{ row.metrics.started.value | count }}</td>
            <td class="end">{{ row.metrics.validated.value | count }}</td>
            <td class="end">{{ percent(row.metrics.verification_rate.value) }}</td>
          </tr>
        } @empty {
          <tr>
            <td colspan="4" class="tg-muted">Nothing in this range</td>
          </tr>
        }
      </tbody>
    </table>
    @if (rows().length > shown().length) {
      <p class="tg-muted">and {{ rows().length - shown().length }} more</p>
    }
  `,
  styles: `
    table {
      inline-size: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding: 6px 0;
      text-align: start;
      font-weight: 400;
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    thead th {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
    .end {
      text-align: end;
      padding-inline-start: var(--tg-space-3);
    }
  `,
})
export class BreakdownTable {
  readonly label = input.required<string>();
  readonly rows = input.required<readonly Row[]>();
  protected readonly shown = computed(() => this.rows().slice(0, MOST));
  protected readonly percent = percent;

  protected name(row: Row): string {
    if (row.label === 'unknown' || row.group === '') return 'Unknown';
    if (this.label() !== 'Country') return channelName(row.label);
    return new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }).of(row.group) ?? row.group;
  }
}
