import { Component, DestroyRef, ElementRef, afterRenderEffect, inject, input, viewChild } from '@angular/core';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as Engine,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { ChartTheme } from './chart-theme';
import type { ChartColors } from './chart-theme';
import { DASHES, POINTS } from './chart-types';
import type { ChartKind, ChartSeries, ChartUnit } from './chart-types';
import { formatValue } from './chart-words';

Engine.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
);

const STILL_ABOVE = 500;
const POINTLESS_ABOVE = 60;

/** The canvas of a chart: the only file that knows Chart.js, in a chunk of its own. Used by `tg-chart`. */
@Component({
  selector: 'tg-chart-canvas',
  template: `<canvas #canvas aria-hidden="true"></canvas>`,
  styles: `
    :host {
      display: block;
      position: relative;
      min-inline-size: 0;
      block-size: 100%;
    }
  `,
})
export class ChartCanvas {
  readonly kind = input.required<ChartKind>();
  readonly labels = input.required<readonly string[]>();
  readonly series = input.required<readonly ChartSeries[]>();
  readonly unit = input.required<ChartUnit>();
  readonly max = input<number | undefined>(undefined);
  /** Where the keyboard cursor is. */
  readonly cursor = input<{ readonly series: number; readonly at: number } | null>(null);
  private readonly theme = inject(ChartTheme);
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  private engine: Engine<'line' | 'bar', (number | null)[], string> | null = null;

  constructor() {
    afterRenderEffect(() => this.draw());
    afterRenderEffect(() => this.point());
    inject(DestroyRef).onDestroy(() => this.engine?.destroy());
  }

  private draw(): void {
    const config = this.configuration(this.theme.colors());
    if (!this.engine) {
      this.engine = new Engine(this.canvas().nativeElement, config);
      return;
    }
    this.engine.data = config.data;
    if (config.options) this.engine.options = config.options;
    this.engine.update('none');
  }

  private point(): void {
    const cursor = this.cursor();
    this.series();
    if (!this.engine) return;
    const active = cursor ? [{ datasetIndex: cursor.series, index: cursor.at }] : [];
    this.engine.setActiveElements(active);
    this.engine.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    this.engine.update('none');
  }

  private configuration(colors: ChartColors): ChartConfiguration<'line' | 'bar', (number | null)[], string> {
    const kind = this.kind();
    const type = kind === 'line' || kind === 'area' ? 'line' : 'bar';
    const stacked = kind === 'stacked';
    const labels = [...this.labels()];
    const axis = { color: colors.text, font: { family: colors.font, size: 12 } };
    return {
      type,
      data: { labels, datasets: this.series().map((one, at) => this.dataset(one, at, type, kind, colors)) },
      options: {
        responsive: true,
        maintainAspectRatio: false,
        // Room for a point that stands at the very top.
        layout: { padding: { top: 6 } },
        resizeDelay: 100,
        animation:
          labels.length > STILL_ABOVE || matchMedia('(prefers-reduced-motion: reduce)').matches
            ? false
            : { duration: 200 },
        interaction: { mode: 'index', intersect: false },
        scales: {
          x: {
            stacked,
            grid: { display: false },
            border: { color: colors.grid },
            ticks: { ...axis, maxRotation: 0, autoSkipPadding: 16 },
          },
          y: {
            stacked,
            beginAtZero: true,
            ...(this.max() === undefined ? {} : { max: this.max() }),
            border: { display: false },
            grid: { color: colors.grid },
            ticks: { ...axis, maxTicksLimit: 6, callback: (value) => formatValue(Number(value), this.unit()) },
          },
        },
        plugins: {
          tooltip: {
            backgroundColor: colors.tooltipBackground,
            titleColor: colors.tooltipText,
            bodyColor: colors.tooltipText,
            titleFont: { family: colors.font },
            bodyFont: { family: colors.font },
            padding: 10,
            cornerRadius: 8,
            callbacks: { label: (item) => ` ${item.dataset.label ?? ''}: ${formatValue(item.parsed.y, this.unit())}` },
          },
        },
      },
    };
  }

  private dataset(
    series: ChartSeries,
    at: number,
    type: 'line' | 'bar',
    kind: ChartKind,
    colors: ChartColors,
  ): ChartDataset<'line' | 'bar', (number | null)[]> {
    const slot = (series.slot ?? (at % 6) + 1) - 1;
    const color = colors.slots[slot] ?? colors.text;
    const pale = `color-mix(in srgb, ${color} ${series.ghost ? 25 : 14}%, transparent)`;
    const shared = { label: series.label, data: [...series.values], borderColor: color, order: series.ghost ? 1 : 0 };
    if (type === 'bar') {
      return {
        ...shared,
        backgroundColor: series.ghost ? 'transparent' : color,
        borderWidth: series.ghost ? 1.5 : 0,
        borderRadius: kind === 'stacked' ? 0 : 3,
        maxBarThickness: 34,
      };
    }
    return {
      ...shared,
      tension: 0,
      spanGaps: false,
      // A point on the edge is drawn whole.
      clip: 6,
      borderWidth: series.ghost ? 1.5 : 2,
      borderDash: [...(series.ghost ? [4, 4] : this.series().length === 1 ? [] : (DASHES[slot] ?? []))],
      pointStyle: POINTS[slot] ?? 'circle',
      pointRadius: series.ghost || series.values.length > POINTLESS_ABOVE ? 0 : 3,
      pointHitRadius: 12,
      pointHoverRadius: 5,
      pointBackgroundColor: color,
      backgroundColor: resolveMix(pale),
      fill: kind === 'area' && !series.ghost ? 'origin' : false,
    };
  }
}

/** A canvas takes plain colours only; the browser turns the mix into one. */
function resolveMix(mix: string): string {
  const probe = document.createElement('span');
  probe.style.color = mix;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
