import fc from 'fast-check';
import { addSketches, quantile, sketchKey, type LatencySketch } from './latency-sketch';
import { addCounts, metricValues, NO_COUNTS } from './metric-values';

const none = { all: NO_COUNTS, sms: NO_COUNTS };

describe('metricValues', () => {
  it('follows the definitions', () => {
    const all = addCounts(NO_COUNTS, {
      started: 10,
      generated: 10,
      approved: 6,
      failed: 1,
      expired: 2,
      canceled: 1,
      unused: 2,
      checks: 9,
      checks_right: 6,
      credits: 54_000,
    });
    const sms = addCounts(NO_COUNTS, {
      sends: 12,
      sends_suppressed: 2,
      sends_accepted: 9,
      sends_undelivered: 1,
      sends_delivered: 7,
    });
    const values = metricValues({ all, sms });
    expect(values.verification_rate).toEqual({ value: 60, numerator: 6, denominator: 10 });
    expect(values.success_rate.value).toBeCloseTo(66.667, 3);
    expect(values.unused_rate.value).toBe(20);
    expect(values.failed_rate.value).toBe(20);
    expect(values.sms_sent.value).toBe(8);
    expect(values.sms_success_rate).toEqual({ value: 80, numerator: 8, denominator: 10 });
    expect(values.sms_delivery_rate.value).toBe(87.5);
    expect(values.credits_per_approved.value).toBe(9_000);
  });

  it('has no ratio where nothing was counted', () => {
    const values = metricValues(none);
    expect([values.verification_rate.value, values.success_rate.value, values.credits_per_approved.value]).toEqual([
      null,
      null,
      null,
    ]);
    expect(values.generated.value).toBe(0);
  });
});

describe('latency sketch', () => {
  const sketchOf = (values: number[]): LatencySketch =>
    values.reduce<LatencySketch>((sum, ms) => addSketches(sum, { [sketchKey(ms)]: 1 }), {});

  it('gives quantiles within one per cent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 600_000 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (values, q) => {
          const exact = [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1] ?? 0;
          const estimate = quantile(sketchOf(values), q) ?? 0;
          expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(0.011 * exact + 0.5);
        },
      ),
    );
  });

  it('says nothing about nothing', () => {
    expect(quantile({}, 0.5)).toBeNull();
  });
});
