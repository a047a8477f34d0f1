import type { metricsTimeseries, ResultOf } from '@tollgate/contracts';
import { charted } from './overview-charts';

type Found = ResultOf<typeof metricsTimeseries>;
const start = '2026-11-22T00:00:00.000Z';
const found = (...groups: (string | null)[]): Found =>
  ({
    series: groups.map((group, at) => ({
      group,
      points: [{ start, end: start, provisional: false, value: at, numerator: at, denominator: null }],
    })),
  }) as unknown as Found;

describe('Activity as a chart', () => {
  it('gives a channel one colour and one place, whichever of them the API names first', () => {
    const shown = ({ series }: ReturnType<typeof charted>) => series.map(({ label, slot }) => [label, slot]);
    const expected = [
      ['SMS', 1],
      ['Email', 2],
    ];
    expect(shown(charted(found('email', 'sms'), 'day', 'UTC'))).toEqual(expected);
    expect(shown(charted(found('sms', 'email'), 'day', 'UTC'))).toEqual(expected);
  });

  it('is one series under its own name when it is not grouped, and empty before it is read', () => {
    expect(charted(found(null), 'day', 'UTC', 'Credits used').series).toEqual([{ label: 'Credits used', values: [0] }]);
    expect(charted(undefined, 'day', 'UTC')).toEqual({ labels: [], series: [] });
  });
});
