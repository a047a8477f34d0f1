import { dice, people, pumping, simulate, type SimulatedStart } from '../../testing/fraud-simulator';
import { DEFAULT_FRAUD_RULES } from './fraud-defaults';

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 10, 2);

/** Three ordinary days before anything happens. */
const before = (random: () => number, perHour = 60): SimulatedStart[] =>
  people({ random, from: FROM, hours: 72, perHour: (hour) => (hour % 24 < 6 ? perHour / 4 : perHour), known: 0.5 });
const report = (starts: readonly SimulatedStart[]) => simulate(starts, DEFAULT_FRAUD_RULES);

describe('the fraud guard with its default budgets', () => {
  const seeds = [1, 2, 3];

  it.each(seeds)('blocks hardly anybody on ordinary days (seed %i)', (seed) => {
    const outcome = report(before(dice(seed), 120));
    expect(outcome.good).toBeGreaterThan(5_000);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
  });

  it.each(seeds)('blocks hardly anybody when a campaign brings ten times the traffic (seed %i)', (seed) => {
    const random = dice(seed);
    const spike = people({ random, from: FROM + 3 * DAY, hours: 3, perHour: () => 1_200, known: 0.2 });
    const outcome = report([...before(random), ...spike]);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
  });

  it.each(seeds)('blocks hardly anybody when an application launches without any history (seed %i)', (seed) => {
    const launch = people({
      random: dice(seed),
      from: FROM,
      hours: 6,
      perHour: (hour) => 3_000 / (hour + 1),
      conversion: 0.78,
    });
    const outcome = report(launch);
    expect(outcome.good).toBeGreaterThan(5_000);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
  });

  it.each(seeds)('stops pumping from ever new addresses to a foreign country (seed %i)', (seed) => {
    const random = dice(seed);
    const attack = pumping({
      random,
      from: FROM + 3 * DAY,
      hours: 3,
      perHour: 6_000,
      country: 'TM',
      blocks: 6,
      addresses: 5_000,
    });
    const during = people({ random, from: FROM + 3 * DAY, hours: 3, perHour: () => 60, known: 0.5 });
    const outcome = report([...before(random), ...during, ...attack]);
    expect(outcome.stoppedRatio).toBeGreaterThanOrEqual(0.98);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
    expect(outcome.detectedAfterMs).toBeLessThanOrEqual(60_000);
  });

  it.each(seeds)('stops pumping within the country that people are in, and lets the people pass (seed %i)', (seed) => {
    const random = dice(seed);
    const attack = pumping({
      random,
      from: FROM + 3 * DAY,
      hours: 3,
      perHour: 6_000,
      country: 'ZA',
      blocks: 6,
      addresses: 5_000,
    });
    const during = people({ random, from: FROM + 3 * DAY, hours: 3, perHour: () => 120, known: 0.5 });
    const outcome = report([...before(random, 120), ...during, ...attack]);
    expect(outcome.stoppedRatio).toBeGreaterThanOrEqual(0.98);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
  });

  it.each(seeds)('stops pumping from a single address across many blocks (seed %i)', (seed) => {
    const random = dice(seed);
    const attack = pumping({
      random,
      from: FROM + 3 * DAY,
      hours: 2,
      perHour: 3_000,
      country: 'ZA',
      blocks: 500,
      addresses: 1,
    });
    const outcome = report([...before(random), ...attack]);
    expect(outcome.stoppedRatio).toBeGreaterThanOrEqual(0.98);
    expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
    expect(outcome.detectedAfterMs).toBeLessThanOrEqual(60_000);
  });

  it.each(seeds)(
    'stops slow pumping over ten days, every three minutes and never twice to a block (seed %i)',
    (seed) => {
      const random = dice(seed);
      const attack = pumping({
        random,
        from: FROM,
        hours: 240,
        perHour: 20,
        country: 'TM',
        blocks: 4_800,
        addresses: 3_000,
      });
      const during = people({ random, from: FROM, hours: 240, perHour: () => 30, known: 0.5 });
      const outcome = report([...during, ...attack]);
      expect(outcome.stoppedRatio).toBeGreaterThanOrEqual(0.98);
      expect(outcome.blockedRatio).toBeLessThanOrEqual(0.005);
    },
  );
});
