import type { metricsBreakdown, metricsFunnel, metricsTimeseries, ResultOf } from '@tollgate/contracts';
import type { ChartSeries } from '@tollgate/console/ui';
import { bucketLabels } from './range';

export const FUNNEL_LABELS: Readonly<Record<ResultOf<typeof metricsFunnel>['steps'][number]['name'], string>> = {
  requested: 'Requested',
  allowed: 'Allowed',
  accepted: 'Accepted by a provider',
  delivered: 'Delivered',
  checked: 'Code entered',
  approved: 'Approved',
};

const CHANNELS: Readonly<Record<string, string>> = { sms: 'SMS', email: 'Email', mobile: 'Mobile' };
export const channelName = (channel: string): string => CHANNELS[channel] ?? channel;

/** A channel has one colour and one place in every chart, whichever of them the API names first. */
const ORDER = Object.keys(CHANNELS);
const SLOTS = [1, 2, 3, 4] as const;
const slotOf = (group: string | null) => SLOTS[ORDER.indexOf(group ?? '')] ?? SLOTS[3];

export interface Charted {
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
}

/** A series of the API as a chart; one that is not read yet is empty. */
export function charted(
  found: ResultOf<typeof metricsTimeseries> | undefined,
  bucket: 'hour' | 'day' | 'week',
  zone: string,
  label = 'Started',
): Charted {
  const [first] = found?.series ?? [];
  if (found === undefined || first === undefined) return { labels: [], series: [] };
  return {
    labels: bucketLabels(
      first.points.map((point) => point.start),
      bucket,
      zone,
    ),
    series: found.series
      .toSorted((a, b) => slotOf(a.group) - slotOf(b.group))
      .map(({ group, points }) => ({
        label: group === null ? label : channelName(group),
        values: points.map((point) => point.value),
        ...(group === null ? {} : { slot: slotOf(group) }),
      })),
  };
}

/** Started and approved of each channel, side by side. */
export function bars(found: ResultOf<typeof metricsBreakdown> | undefined): Charted {
  const rows = found?.rows ?? [];
  return {
    labels: rows.map((row) => channelName(row.group)),
    series: [
      { label: 'Started', values: rows.map((row) => row.metrics.started.value), slot: 1 },
      { label: 'Approved', values: rows.map((row) => row.metrics.validated.value), slot: 3 },
    ],
  };
}
