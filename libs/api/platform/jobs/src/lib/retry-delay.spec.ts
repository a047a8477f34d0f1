import { MAX_ATTEMPTS, retryDelay } from './retry-delay';

describe('retryDelay', () => {
  it('doubles from a second up to fifteen minutes', () => {
    expect([1, 2, 3, 4, 10, 11, MAX_ATTEMPTS].map((attempt) => retryDelay(attempt, 0.5))).toEqual([
      1_000, 2_000, 4_000, 8_000, 512_000, 900_000, 900_000,
    ]);
  });

  it('spreads by a fifth either way', () => {
    expect(retryDelay(1, 0)).toBe(800);
    expect(retryDelay(1, 0.999)).toBeLessThanOrEqual(1_200);
  });
});
