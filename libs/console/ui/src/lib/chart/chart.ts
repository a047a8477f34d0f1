import { Component, computed, effect, input, linkedSignal, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../icon';
import { ChartCanvas } from './chart-canvas';
import type { ChartKind, ChartSeries, ChartUnit } from './chart-types';
import { formatValue, summarize } from './chart-words';

let nextId = 0;

/**
 * A chart that can be read without seeing it: caption with a summary, the same data as a table, a cursor by keyboard
 * (arrows, Home, End; Enter drills), and a legend of buttons. Chart.js comes in one chunk when the chart is in view.
 *
 *     <tg-chart title="Verifications" subtitle="Last 30 days" kind="area" [labels]="days" [series]="series" />
 */
@Component({
  selector: 'tg-chart',
  imports: [ChartCanvas, Icon, MatIconButton, MatTooltip],
  templateUrl: './chart.html',
  styleUrl: './chart.css',
})
export class Chart {
  readonly title = input.required<string>();
  /** Range and zone. */
  readonly subtitle = input('');
  readonly kind = input<ChartKind>('line');
  readonly labels = input.required<readonly string[]>();
  readonly series = input.required<readonly ChartSeries[]>();
  readonly unit = input<ChartUnit>('count');
  /** Top of the axis, when it is known: 100 for percentages. */
  readonly max = input<number | undefined>(undefined);
  /** Pixels. */
  readonly height = input(240);
  /** Enter or a press on a point: the index of its label. */
  readonly drilled = output<number>();

  protected readonly id = `tg-chart-${nextId++}`;
  protected readonly asTable = signal(
    typeof matchMedia === 'function' && matchMedia('(forced-colors: active)').matches,
  );
  protected readonly off = signal<ReadonlySet<string>>(new Set());
  protected readonly shown = computed(() =>
    this.series()
      .map((one, at) => ({ ...one, slot: one.slot ?? (((at % 6) + 1) as 1) }))
      .filter((one) => !this.off().has(one.label)),
  );
  protected readonly legend = computed(() =>
    this.series().map((one, at) => ({ label: one.label, slot: one.slot ?? (at % 6) + 1, ghost: one.ghost })),
  );
  protected readonly summary = computed(() =>
    summarize(
      this.shown().filter((one) => !one.ghost),
      this.labels(),
      this.unit(),
    ),
  );
  protected readonly hasData = computed(() => this.series().some((one) => one.values.some((value) => value !== null)));
  protected readonly cursor = linkedSignal<readonly ChartSeries[], { series: number; at: number } | null>({
    source: this.series,
    computation: () => null,
  });
  protected readonly said = signal('');

  constructor() {
    effect((onCleanup) => {
      const cursor = this.cursor();
      const one = cursor ? this.shown()[cursor.series] : undefined;
      // Holding an arrow key must not queue a sentence for every point passed.
      const timer = setTimeout(() => {
        if (!cursor || !one) return this.said.set('');
        this.said.set(
          `${this.labels()[cursor.at] ?? ''}, ${one.label}: ${formatValue(one.values[cursor.at] ?? null, this.unit())}`,
        );
      }, 150);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected value(value: number | null | undefined): string {
    return formatValue(value ?? null, this.unit());
  }

  protected toggle(label: string): void {
    const off = new Set(this.off());
    if (!off.delete(label) && off.size < this.series().length - 1) off.add(label);
    this.off.set(off);
    this.cursor.set(null);
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.labels().length - 1;
    const now = this.cursor() ?? { series: 0, at: -1 };
    const rows = this.shown().length;
    const moves: Readonly<Record<string, { series: number; at: number } | null>> = {
      ArrowRight: { ...now, at: Math.min(last, now.at + 1) },
      ArrowLeft: { ...now, at: Math.max(0, now.at - 1) },
      ArrowDown: { series: (now.series + 1) % Math.max(1, rows), at: Math.max(0, now.at) },
      ArrowUp: { series: (now.series + rows - 1) % Math.max(1, rows), at: Math.max(0, now.at) },
      Home: { ...now, at: 0 },
      End: { ...now, at: last },
      Escape: null,
    };
    if (event.key === 'Enter' && this.cursor()) this.drilled.emit(now.at);
    else if (event.key in moves) this.cursor.set(moves[event.key] ?? null);
    else return;
    event.preventDefault();
  }
}
