import { burnRate } from './burn-rate';

const DAY = 86_400_000;
const NOW = 100 * DAY;

describe('burnRate', () => {
  it('spreads what was spent over the window and says how long the rest lasts', () => {
    expect(burnRate(70_000, 25_000, 0, NOW)).toEqual({ windowDays: 7, perDay: 10_000, daysLeft: 2.5 });
  });

  it('measures a young account over its own age, at least a day', () => {
    expect(burnRate(9_000, 9_000, NOW - 3 * DAY, NOW)).toEqual({ windowDays: 3, perDay: 3_000, daysLeft: 3 });
    expect(burnRate(9_000, 9_000, NOW - 1000, NOW).windowDays).toBe(1);
  });

  it('knows no end when nothing is used', () => {
    expect(burnRate(0, 5_000, 0, NOW).daysLeft).toBeNull();
    expect(burnRate(-50, 5_000, 0, NOW)).toEqual({ windowDays: 7, perDay: 0, daysLeft: null });
    expect(burnRate(0, 0, null, NOW).daysLeft).toBeNull();
  });

  it('says zero days when nothing is left', () => {
    expect(burnRate(7_000, 0, 0, NOW).daysLeft).toBe(0);
  });
});
