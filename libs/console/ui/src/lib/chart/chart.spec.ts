import { TestKey } from '@angular/cdk/testing';
import { Chart, Funnel, MetricTile, Sparkline } from '../../index';
import type { ChartSeries } from '../../index';
import { ChartHarness, FunnelHarness, MetricHarness, renderPart } from '../../testing';
import { formatValue, summarize } from './chart-words';

const labels = ['1 Nov', '2 Nov', '3 Nov'];
const series: ChartSeries[] = [
  { label: 'Started', values: [10, null, 30] },
  { label: 'Verified', values: [9, 4, 27] },
];

describe('A chart', () => {
  const render = async (more = '', props: object = {}) => {
    const part = await renderPart(
      `<tg-chart title="Verifications" [labels]="labels" [series]="series" ${more} />`,
      [Chart],
      { labels, series, ...props },
    );
    return { ...part, chart: await part.loader.getHarness(ChartHarness) };
  };

  it('says in words what it shows', async () => {
    const { chart } = await render();
    expect(await chart.summary()).toBe(
      'Started: 30 (3 Nov), up from 10 (1 Nov); least 10 (1 Nov), most 30 (3 Nov). ' +
        'Verified: 27 (3 Nov), up from 9 (1 Nov); least 4 (2 Nov), most 27 (3 Nov).',
    );
  });

  it('shows the same data as a table, with a dash where nothing is known', async () => {
    const { chart } = await render();
    await chart.showTable();
    const { heads, rows } = await chart.table();
    expect(heads.slice(1)).toEqual(['Started', 'Verified']);
    expect(rows).toEqual(['1 Nov109', '2 Nov–4', '3 Nov3027']);
  });

  it('hides and shows series by the legend, but never the last one', async () => {
    const { chart } = await render();
    await chart.toggleSeries('Started');
    await chart.toggleSeries('Verified');
    await chart.showTable();
    expect((await chart.table()).heads.slice(1)).toEqual(['Verified']);
  });

  it('is read by keyboard, value for value, and drills', async () => {
    const drilled: number[] = [];
    const { chart, element, settle } = await render('(drilled)="drill($event)"', {
      drill: (at: number) => drilled.push(at),
    });
    await chart.keys(TestKey.RIGHT_ARROW, TestKey.RIGHT_ARROW, TestKey.DOWN_ARROW);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await settle();
    expect(element.querySelector('[role=status]')?.textContent).toBe('2 Nov, Verified: 4');
    await chart.keys(TestKey.END, TestKey.ENTER);
    expect(drilled).toEqual([2]);
  });

  it('says so when nothing happened', async () => {
    const { element } = await render('', { series: [{ label: 'Started', values: [null, null, null] }] });
    expect(element.textContent).toContain('Nothing happened in this range');
  });

  it('words values by their unit', () => {
    expect([
      formatValue(91.44, 'percent'),
      formatValue(5000, 'credits'),
      formatValue(120, 'ms'),
      formatValue(null, 'count'),
    ]).toEqual(['91.4 %', '5', '120 ms', '–']);
    expect(summarize([{ label: 'A', values: [] }], [], 'count')).toBe('A: no data.');
  });
});

describe('A metric', () => {
  const tile = async (attributes: string) => {
    const { loader } = await renderPart(`<tg-metric label="Rate" ${attributes} />`, [MetricTile]);
    return loader.getHarness(MetricHarness);
  };

  it('changes by points when it is a percentage', async () => {
    const metric = await tile(`unit="percent" [value]="91.4" [previous]="93.2"`);
    expect([await metric.value(), await metric.change()]).toEqual(['91.4 %', 'Down 1.8 points']);
  });

  it('changes by a share otherwise', async () => {
    const metric = await tile(`[value]="110" [previous]="100"`);
    expect(await metric.change()).toBe('Up 10 %');
  });

  it('shows a dash, and no change, when there is nothing to divide by', async () => {
    const metric = await tile(`unit="percent" [value]="null" [previous]="93.2"`);
    expect([await metric.value(), await metric.change()]).toEqual(['–', null]);
  });

  it('explains itself', async () => {
    const metric = await tile(`[value]="1" definition="Codes that were made."`);
    expect(await metric.definition()).toBeNull();
    await metric.explain();
    expect(await metric.definition()).toBe('Codes that were made.');
  });

  it('draws its trend without a word for screen readers', async () => {
    const { element } = await renderPart(`<tg-sparkline [values]="[1, 2, null, 4]" />`, [Sparkline]);
    expect(element.querySelector('tg-sparkline')?.getAttribute('aria-hidden')).toBe('true');
    expect(element.querySelector('.line')?.getAttribute('d')).toMatch(/^M0\.0 /);
  });
});

describe('A funnel', () => {
  it('says each stage as a share of the step before and of all', async () => {
    const { loader } = await renderPart(`<tg-funnel label="Funnel" [stages]="stages" />`, [Funnel], {
      stages: [
        { label: 'Started', value: 1000 },
        { label: 'Sent', value: 800, unknown: true },
        { label: 'Verified', value: 400 },
      ],
    });
    const funnel = await loader.getHarness(FunnelHarness);
    expect(await funnel.stages()).toEqual([
      'Started1,000All of them',
      'Sent80080 % of the step before, 80 % of all',
      'Verified40050 % of the step before, 40 % of all',
    ]);
  });

  it('divides by nothing without inventing a number', async () => {
    const { loader } = await renderPart(`<tg-funnel label="Funnel" [stages]="stages" />`, [Funnel], {
      stages: [
        { label: 'Started', value: 0 },
        { label: 'Sent', value: 0 },
      ],
    });
    expect((await (await loader.getHarness(FunnelHarness)).stages())[1]).toContain('– of the step before');
  });
});
