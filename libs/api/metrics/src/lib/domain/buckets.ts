import { instantOf, wallTimeAt, type WallTime } from './time-zone';

export type BucketSize = 'quarter_hour' | 'hour' | 'day' | 'week' | 'month';

/** Half-open: start ≤ t < end. Epoch ms. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The grain of rollups: 15 minutes UTC. Every zone in use today has its midnight on such a boundary. */
export const GRAIN_MS = 900_000;

export function grainOf(atMs: number): number {
  return Math.floor(atMs / GRAIN_MS) * GRAIN_MS;
}

function startOf(size: Exclude<BucketSize, 'quarter_hour'>, wall: WallTime): WallTime {
  if (size === 'hour') return { ...wall, minute: 0 };
  const day = { ...wall, hour: 0, minute: 0 };
  if (size === 'day') return day;
  if (size === 'month') return { ...day, day: 1 };
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  return shift(day, 0, -((date.getUTCDay() + 6) % 7));
}

function shift(wall: WallTime, months: number, days: number): WallTime {
  const date = new Date(Date.UTC(wall.year, wall.month - 1 + months, wall.day + days));
  return { ...wall, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function nextStart(zone: string, size: Exclude<BucketSize, 'quarter_hour'>, start: number): number {
  if (size === 'hour') {
    // An hour of the wall may last 30, 60, 90 or 120 minutes around a change of clocks: walk until it turns.
    let at = start + GRAIN_MS;
    while (wallTimeAt(zone, at).minute !== 0) at += GRAIN_MS;
    return at;
  }
  const wall = startOf(size, wallTimeAt(zone, start));
  const step = { day: [0, 1], week: [0, 7], month: [1, 0] }[size];
  return instantOf(zone, shift(wall, step[0] ?? 0, step[1] ?? 0));
}

/** The buckets that cover the range, each cut to it; weeks begin on Monday. */
export function bucketsOf(zone: string, range: Interval, size: BucketSize): Interval[] {
  const buckets: Interval[] = [];
  let start =
    size === 'quarter_hour' ? grainOf(range.start) : instantOf(zone, startOf(size, wallTimeAt(zone, range.start)));
  while (start < range.end) {
    const end = size === 'quarter_hour' ? start + GRAIN_MS : nextStart(zone, size, start);
    if (end > range.start) buckets.push({ start: Math.max(start, range.start), end: Math.min(end, range.end) });
    start = end;
  }
  return buckets;
}
