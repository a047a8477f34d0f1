import { stateOf, windowOf, type Call } from './provider-health';

const NOW = 10_000_000;
const call = (
  outcome: Call['outcome'],
  errorClass: string | null = null,
  ago = 1_000,
  latencyMs: number | null = 100,
): Call => ({
  outcome,
  errorClass,
  startedAt: NOW - ago,
  latencyMs,
});

describe('the health of a provider', () => {
  it('counts what ended within the window, and leaves the destinations’ faults out of the rate', () => {
    const calls = [
      ...Array.from({ length: 8 }, (_, i) => call('accepted', null, 1_000, (i + 1) * 10)),
      call('refused', 'permanent_destination'),
      call('refused', 'failover'),
      call('unknown', 'unknown'),
      call('started'),
      call('not_sent', 'expired'),
      call('refused', 'failover', 3_700_000),
    ];
    expect(windowOf(calls, 60, NOW)).toEqual({
      minutes: 60,
      attempts: 11,
      accepted: 8,
      refused: 2,
      unknown: 1,
      success_rate: 0.8,
      latency_ms: { p50: 40, p95: 80 },
      error_classes: { permanent_destination: 1, failover: 1, unknown: 1 },
    });
  });

  it('says nothing where there is nothing', () => {
    expect(windowOf([], 60, NOW)).toMatchObject({ success_rate: null, latency_ms: { p50: null, p95: null } });
    expect(windowOf([call('refused', 'permanent_destination')], 60, NOW).success_rate).toBeNull();
  });

  it.each([
    [false, 0, null, 'disabled'],
    [true, 0, null, 'idle'],
    [true, 0, 1, 'healthy'],
    [true, 0, 0.7, 'degraded'],
    [true, 0, 0.1, 'down'],
    [true, 1, 0.9, 'degraded'],
    [true, 1, null, 'down'],
  ])('enabled %s with %d open circuits and a rate of %s is %s', (enabled, openCircuits, rate, expected) => {
    expect(stateOf({ enabled, openCircuits, recent: { ...windowOf([], 60, NOW), success_rate: rate } })).toBe(expected);
  });
});
