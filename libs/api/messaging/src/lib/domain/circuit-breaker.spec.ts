import { CIRCUIT_RULES, CircuitBreaker } from './circuit-breaker';

const KEY = 'prv_1:ZA';

describe('the circuit breaker', () => {
  it('opens after failures in a row and tells so once', () => {
    const breaker = new CircuitBreaker();
    const opened = Array.from({ length: 7 }, (_, i) => breaker.record(KEY, 'failed', i));
    expect(opened).toEqual([null, null, null, null, 'opened', null, null]);
    expect(breaker.tryEnter(KEY, 10)).toBe(false);
    expect(breaker.tryEnter('prv_1:IN', 10)).toBe(true);
  });

  it('opens at once for a fault of configuration', () => {
    const breaker = new CircuitBreaker();
    expect(breaker.record(KEY, 'fatal', 0)).toBe('opened');
    expect(breaker.state(KEY, 1)).toBe('open');
  });

  it('opens on the share of failures, not only on those in a row', () => {
    const breaker = new CircuitBreaker();
    const opened = Array.from({ length: 20 }, (_, i) => breaker.record(KEY, i % 2 === 0 ? 'ok' : 'failed', i));
    expect(opened.at(-1)).toBe('opened');
  });

  it('forgets failures that are older than the window', () => {
    const breaker = new CircuitBreaker();
    for (let i = 0; i < 19; i += 1) breaker.record(KEY, i % 2 === 0 ? 'failed' : 'ok', i);
    expect(breaker.record(KEY, 'failed', CIRCUIT_RULES.windowMs + 100)).toBeNull();
  });

  it('lets one probe through when the time is over, and closes on its success', () => {
    const breaker = new CircuitBreaker();
    breaker.record(KEY, 'fatal', 0);
    const later = CIRCUIT_RULES.openMs;
    expect(breaker.tryEnter(KEY, later - 1)).toBe(false);
    expect([breaker.tryEnter(KEY, later), breaker.tryEnter(KEY, later), breaker.tryEnter(KEY, later + 1)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(breaker.record(KEY, 'ok', later + 2)).toBe('closed');
    expect(breaker.state(KEY, later + 3)).toBe('closed');
    expect(breaker.troubled(later + 3)).toEqual([]);
  });

  it('stays open twice as long after each failed probe, without another alarm', () => {
    const breaker = new CircuitBreaker();
    breaker.record(KEY, 'fatal', 0);
    breaker.tryEnter(KEY, CIRCUIT_RULES.openMs);
    expect(breaker.record(KEY, 'failed', CIRCUIT_RULES.openMs)).toBeNull();
    expect(breaker.tryEnter(KEY, CIRCUIT_RULES.openMs * 3 - 1)).toBe(false);
    expect(breaker.tryEnter(KEY, CIRCUIT_RULES.openMs * 3)).toBe(true);
  });

  it('gives a lost probe up after a while', () => {
    const breaker = new CircuitBreaker();
    breaker.record(KEY, 'fatal', 0);
    expect(breaker.tryEnter(KEY, 30_000, 1_000)).toBe(true);
    expect(breaker.tryEnter(KEY, 30_999, 1_000)).toBe(false);
    expect(breaker.tryEnter(KEY, 31_000, 1_000)).toBe(true);
  });

  it('starts anew when the settings of the provider change', () => {
    const breaker = new CircuitBreaker();
    breaker.record(KEY, 'fatal', 0);
    breaker.forget('prv_1:');
    expect(breaker.tryEnter(KEY, 1)).toBe(true);
  });
});
