/** What the overview can look back on. The key is in the address. */
export const RANGES = {
  '24h': { label: 'Last 24 hours', hours: 24, bucket: 'hour' },
  '7d': { label: 'Last 7 days', hours: 7 * 24, bucket: 'day' },
  '30d': { label: 'Last 30 days', hours: 30 * 24, bucket: 'day' },
  '90d': { label: 'Last 90 days', hours: 90 * 24, bucket: 'week' },
} as const;
export type RangeKey = keyof typeof RANGES;

export function rangeOf(key: string | undefined): RangeKey {
  return key !== undefined && key in RANGES ? (key as RangeKey) : '7d';
}

const GRAIN_MS = 900_000;

/** The range that ends with the running quarter of an hour: the same for all panels of one look. */
export function boundsOf(key: RangeKey, nowMs: number): { from: string; to: string } {
  const to = Math.ceil(nowMs / GRAIN_MS) * GRAIN_MS;
  return { from: new Date(to - RANGES[key].hours * 3_600_000).toISOString(), to: new Date(to).toISOString() };
}

/** Labels of buckets as people read them: hours by clock, days and weeks by date, in the zone. */
export function bucketLabels(starts: readonly string[], bucket: 'hour' | 'day' | 'week', zone: string): string[] {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    ...(bucket === 'hour'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short' }),
  });
  return starts.map((start) => format.format(new Date(start)));
}
