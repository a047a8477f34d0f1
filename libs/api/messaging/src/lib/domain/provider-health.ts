import type { ProviderHealthView } from '@tollgate/contracts';
import type { ErrorClass } from './delivery-provider';

export interface Call {
  readonly outcome: 'started' | 'accepted' | 'refused' | 'unknown' | 'not_sent';
  readonly errorClass: string | null;
  readonly startedAt: number;
  readonly latencyMs: number | null;
}

type Window = ProviderHealthView['windows'][number];

/** Refusals that are no fault of the provider. */
const DESTINATIONS_FAULT: ReadonlySet<ErrorClass | string> = new Set(['permanent_destination', 'expired', 'fraud']);

/** What the calls of the last minutes say. Calls under way and those never made do not count. */
export function windowOf(calls: readonly Call[], minutes: number, now: number): Window {
  const within = calls.filter(
    ({ startedAt, outcome }) => startedAt > now - minutes * 60_000 && outcome !== 'not_sent' && outcome !== 'started',
  );
  const count = (outcome: Call['outcome']) => within.filter((call) => call.outcome === outcome).length;
  const judged = within.filter(({ errorClass }) => errorClass === null || !DESTINATIONS_FAULT.has(errorClass)).length;
  const latencies = within
    .flatMap(({ outcome, latencyMs }) => (outcome === 'accepted' && latencyMs !== null ? [latencyMs] : []))
    .sort((a, b) => a - b);
  const classes: Record<string, number> = {};
  for (const { errorClass } of within) if (errorClass !== null) classes[errorClass] = (classes[errorClass] ?? 0) + 1;
  return {
    minutes,
    attempts: within.length,
    accepted: count('accepted'),
    refused: count('refused'),
    unknown: count('unknown'),
    success_rate: judged === 0 ? null : count('accepted') / judged,
    latency_ms: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    error_classes: classes,
  };
}

function quantile(sorted: readonly number[], q: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? null;
}

/** One word for the dashboard. */
export function stateOf(facts: {
  readonly enabled: boolean;
  readonly openCircuits: number;
  readonly recent: Window;
}): ProviderHealthView['state'] {
  if (!facts.enabled) return 'disabled';
  const rate = facts.recent.success_rate;
  if (facts.openCircuits > 0) return rate === null || rate < 0.2 ? 'down' : 'degraded';
  if (rate === null) return 'idle';
  return rate >= 0.95 ? 'healthy' : rate >= 0.2 ? 'degraded' : 'down';
}
