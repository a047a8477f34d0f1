import type { PriceVersion } from './price-book';
import { lastMonth, previewUse, type Use } from './price-preview';

const current: PriceVersion[] = [
  { id: 'sms', operation: 'send.sms', country: null, price: 5000, active: true, validFrom: 0 },
  { id: 'sms-za', operation: 'send.sms', country: 'ZA', price: 3000, active: true, validFrom: 0 },
  { id: 'check', operation: 'verification.check', country: null, price: 1000, active: true, validFrom: 0 },
];
const use: Use[] = [
  { operation: 'send.sms', country: 'IN', count: 10, charged: 50_000 },
  { operation: 'send.sms', country: 'ZA', count: 10, charged: 30_000 },
  { operation: 'verification.check', country: 'IN', count: 8, charged: 8_000 },
];
const preview = (operation: Use['operation'], country: string | null, price: number, active = true) =>
  previewUse(use, current, [{ operation, country, price, active }], 1000).map((line) => line.wouldHaveCharged);

describe('previewUse', () => {
  it('applies a general price to the countries that have none of their own', () => {
    expect(preview('send.sms', null, 6000)).toEqual([60_000, 30_000, 8_000]);
  });

  it('applies a price of a country to that country alone', () => {
    expect(preview('send.sms', 'IN', 1000)).toEqual([10_000, 30_000, 8_000]);
  });

  it('lets the general price hold where the price of a country is withdrawn', () => {
    expect(preview('send.sms', 'ZA', 3000, false)).toEqual([50_000, 50_000, 8_000]);
  });

  it('makes an operation free when its general price is switched off', () => {
    expect(preview('verification.check', null, 1000, false)).toEqual([50_000, 30_000, 0]);
  });

  it('does not take a version into account that has not begun', () => {
    const scheduled: PriceVersion = { ...current[0], id: 'later', price: 1, validFrom: 5000 } as PriceVersion;
    const lines = previewUse(use, [...current, scheduled], [], 1000);
    expect(lines.map((line) => line.wouldHaveCharged)).toEqual([50_000, 30_000, 8_000]);
  });
});

describe('lastMonth', () => {
  it('is the full calendar month before, also over the turn of the year', () => {
    expect(lastMonth(Date.UTC(2026, 10, 22))).toEqual({ from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 1) });
    expect(lastMonth(Date.UTC(2026, 0, 1))).toEqual({ from: Date.UTC(2025, 11, 1), to: Date.UTC(2026, 0, 1) });
  });
});
