/** Counts by logarithmic bucket: any quantile within 1 %, and two sketches add up. Keys are bucket numbers. */
export type LatencySketch = Readonly<Record<string, number>>;

const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

/** The bucket of a latency in milliseconds; everything up to 1 ms is bucket 0. */
export function sketchKey(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LOG_GAMMA);
}

export function addSketches(a: LatencySketch, b: LatencySketch): LatencySketch {
  const sum: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

export function sketchCount(sketch: LatencySketch): number {
  return Object.values(sketch).reduce((sum, count) => sum + count, 0);
}

/** The q-quantile in whole milliseconds; null when nothing was measured. */
export function quantile(sketch: LatencySketch, q: number): number | null {
  const total = sketchCount(sketch);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(q * total));
  const keys = Object.keys(sketch)
    .map(Number)
    .sort((a, b) => a - b);
  for (const key of keys) {
    left -= sketch[String(key)] ?? 0;
    if (left <= 0) return key === 0 ? 1 : Math.round((2 * GAMMA ** key) / (GAMMA + 1));
  }
  return null;
}
