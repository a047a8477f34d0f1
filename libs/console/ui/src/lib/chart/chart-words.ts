import { formatCredits } from '../display/credits';
import type { ChartSeries, ChartUnit } from './chart-types';

/** A value as it is written on axes, in tooltips, tables and summaries. */
export function formatValue(value: number | null, unit: ChartUnit): string {
  if (value === null) return '–';
  if (unit === 'credits') return formatCredits(Math.round(value));
  // Nobody reads tens of thousands of milliseconds.
  if (unit === 'ms' && Math.abs(value) >= 10_000) return `${formatValue(value / 1000, 'count')} s`;
  const text = new Intl.NumberFormat('en', { maximumFractionDigits: unit === 'count' ? 2 : 1 }).format(value);
  return unit === 'percent' ? `${text} %` : unit === 'ms' ? `${text} ms` : text;
}

/** One sentence a series, for those who cannot see the chart: first, last, least, most, direction. */
export function summarize(series: readonly ChartSeries[], labels: readonly string[], unit: ChartUnit): string {
  return series
    .map((one) => {
      const known = one.values.flatMap((value, at) => (value === null ? [] : [{ value, at }]));
      const first = known[0];
      const last = known.at(-1);
      if (!first || !last) return `${one.label}: no data.`;
      const most = known.reduce((a, b) => (b.value > a.value ? b : a));
      const least = known.reduce((a, b) => (b.value < a.value ? b : a));
      const change = last.value - first.value;
      const trend = change === 0 ? 'the same as' : change > 0 ? 'up from' : 'down from';
      const say = (point: { value: number; at: number }) =>
        `${formatValue(point.value, unit)} (${labels[point.at] ?? ''})`;
      return `${one.label}: ${say(last)}, ${trend} ${say(first)}; least ${say(least)}, most ${say(most)}.`;
    })
    .join(' ');
}
