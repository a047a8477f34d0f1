import { bucketsOf, grainOf } from './buckets';
import { instantOf, isTimeZone, wallTimeAt } from './time-zone';

const at = (iso: string) => Date.parse(iso);
const hours = (zone: string, from: string, to: string) =>
  bucketsOf(zone, { start: at(from), end: at(to) }, 'day').map(({ start, end }) => (end - start) / 3_600_000);

describe('time zones', () => {
  it('knows IANA names and nothing else', () => {
    expect(['Asia/Kolkata', 'UTC', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
    expect(['+05:30', 'Mars/Olympus', '', 'Asia/Kolkata; DROP', '../etc'].some(isTimeZone)).toBe(false);
  });

  it('reads the wall of zones with half and quarter hours', () => {
    expect(wallTimeAt('Asia/Kolkata', at('2026-11-22T18:45:00Z'))).toEqual({
      year: 2026,
      month: 11,
      day: 23,
      hour: 0,
      minute: 15,
    });
    expect(wallTimeAt('Asia/Kathmandu', at('2026-11-22T18:15:00Z'))).toEqual({
      year: 2026,
      month: 11,
      day: 23,
      hour: 0,
      minute: 0,
    });
  });

  it('takes the earlier of two equal wall times and the change itself for one that is skipped', () => {
    const wall = (hour: number, minute: number, month: number, day: number) => ({
      year: 2026,
      month,
      day,
      hour,
      minute,
    });
    expect(instantOf('America/New_York', wall(1, 30, 11, 1))).toBe(at('2026-11-01T05:30:00Z'));
    expect(instantOf('America/New_York', wall(2, 30, 3, 8))).toBe(at('2026-03-08T07:00:00Z'));
  });
});

describe('bucketsOf', () => {
  it('gives days of 24 hours in Kolkata and Kathmandu, on their own midnights', () => {
    const [first] = bucketsOf(
      'Asia/Kathmandu',
      { start: at('2026-11-20T18:15:00Z'), end: at('2026-11-22T18:15:00Z') },
      'day',
    );
    expect(first).toEqual({ start: at('2026-11-20T18:15:00Z'), end: at('2026-11-21T18:15:00Z') });
    expect(hours('Asia/Kolkata', '2026-11-20T18:30:00Z', '2026-11-23T18:30:00Z')).toEqual([24, 24, 24]);
  });

  it('gives New York its days of 23 and 25 hours', () => {
    expect(hours('America/New_York', '2026-03-07T05:00:00Z', '2026-03-10T04:00:00Z')).toEqual([24, 23, 24]);
    expect(hours('America/New_York', '2026-10-31T04:00:00Z', '2026-11-03T05:00:00Z')).toEqual([24, 25, 24]);
  });

  it('gives Lord Howe its change of half an hour', () => {
    expect(hours('Australia/Lord_Howe', '2026-10-03T13:30:00Z', '2026-10-05T13:00:00Z')).toEqual([23.5, 24]);
    expect(hours('Australia/Lord_Howe', '2026-04-03T13:00:00Z', '2026-04-05T13:30:00Z')).toEqual([24, 24.5]);
  });

  it.each(['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'])(
    'tiles any range without gap or overlap, on the grain of the rollups, in %s',
    (zone) => {
      const range = { start: at('2026-01-15T00:00:00Z'), end: at('2026-12-20T00:00:00Z') };
      for (const size of ['hour', 'day', 'week', 'month'] as const) {
        const buckets = bucketsOf(zone, range, size);
        expect(buckets[0]?.start).toBe(range.start);
        expect(buckets.at(-1)?.end).toBe(range.end);
        expect(buckets.every((bucket, i) => i === 0 || bucket.start === buckets[i - 1]?.end)).toBe(true);
        expect(buckets.every((bucket) => grainOf(bucket.start) === bucket.start)).toBe(true);
      }
    },
  );

  it('cuts the outer buckets to the range and begins weeks on Monday', () => {
    const range = { start: at('2026-11-18T10:00:00Z'), end: at('2026-11-25T10:00:00Z') };
    expect(bucketsOf('UTC', range, 'week')).toEqual([
      { start: range.start, end: at('2026-11-23T00:00:00Z') },
      { start: at('2026-11-23T00:00:00Z'), end: range.end },
    ]);
  });
});
