import { METRIC_NAMES } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage } from '@tollgate/console/platform/testing';
import { OverviewPage } from './overview';
import { boundsOf, bucketLabels, rangeOf } from './range';

const value = (numerator: number, denominator: number | null = null) => ({
  value: denominator === null ? numerator : denominator === 0 ? null : (100 * numerator) / denominator,
  numerator,
  denominator,
});
const metrics = (rate: ReturnType<typeof value>) =>
  Object.fromEntries(METRIC_NAMES.map((name) => [name, name === 'verification_rate' ? rate : value(10)]));
const latency = { count: 1, p50_ms: 4200, p95_ms: 9000, p99_ms: 12_000 };
const summary = {
  from: '',
  to: '',
  time_zone: 'UTC',
  view: 'cohort',
  metrics: metrics(value(9, 10)),
  previous: metrics(value(0, 0)),
  delivery_latency: latency,
  approval_latency: latency,
  provisional: true,
};
const points = [0, 1].map((day) => ({
  start: new Date(Date.UTC(2026, 10, 20 + day)).toISOString(),
  end: new Date(Date.UTC(2026, 10, 21 + day)).toISOString(),
  provisional: false,
  ...value(4),
}));
const health = {
  status: 'degraded',
  checks: [{ name: 'queue', status: 'degraded', detail: 'the oldest job has waited for 90 s' }],
  jobs: {},
  process: {},
};

const api = () =>
  new FakeApi({
    'GET /v1/metrics/summary': summary,
    'GET /v1/metrics/timeseries': ({ query }: { query: Record<string, string> }) => ({
      metric: query['metric'],
      time_zone: 'UTC',
      series: [{ group: query['group_by'] === undefined ? null : 'sms', points }],
    }),
    'GET /v1/metrics/funnel': {
      steps: [
        { name: 'requested', count: 10 },
        { name: 'approved', count: 9 },
      ],
    },
    'GET /v1/metrics/breakdown': ({ query }: { query: Record<string, string> }) => ({
      rows: [{ group: query['by'] === 'country' ? 'ZA' : 'sms', label: 'sms', metrics: metrics(value(9, 10)) }],
    }),
    'GET /v1/credits': { available: 900, low: true },
    'GET /v1/keys': page([]),
    'GET /v1/applications': page([{ id: 'app_1' }]),
    'GET /v1/verifications': page([]),
    'GET /v1/refusals': page([], { total_estimate: 3 }),
    'GET /v1/audit': page([]),
    'GET /v1/providers': page([]),
    'GET /v1/system/health': health,
  });
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');

describe('OverviewPage', () => {
  it('shows the seven metrics with their definitions and links to the rows behind them', async () => {
    const { element, settle } = await renderPage(OverviewPage, { api: api(), url: 'home' });
    await settle();
    const tiles = [...element.querySelectorAll('tg-metric')].map(text).join(' | ');
    for (const title of [
      'Codes generated',
      'Codes validated',
      'Verification rate',
      'Success rate',
      'Unused rate',
      'SMS sent',
      'SMS success',
    ]) {
      expect(tiles).toContain(title);
    }
    expect(tiles).toContain('90 %');
    const link = [...element.querySelectorAll<HTMLAnchorElement>('tg-metric a')].find((a) =>
      a.href.includes('approved'),
    );
    expect(link?.getAttribute('href')).toBe('/o/acme/verifications?f.status=approved');
  });

  it('asks for the range of the address, and every panel for the same one', async () => {
    const { api: called, settle } = await renderPage(OverviewPage, { api: api(), url: 'home?range=30d', path: 'home' });
    await settle();
    const asked = called.calls
      .filter((call) => call.path.startsWith('/v1/metrics/'))
      .map(({ query }) => `${query['from']}..${query['to']}`);
    expect(new Set(asked)).toEqual(new Set(['2026-10-23T12:00:00.000Z..2026-11-22T12:00:00.000Z']));
  });

  it('keeps the page when one panel fails', async () => {
    const broken = api().on('GET /v1/metrics/funnel', problem(503, 'unavailable', 'Try again shortly'));
    const { element, settle } = await renderPage(OverviewPage, { api: broken, url: 'home' });
    await settle();
    expect(text(element)).toContain('Try again shortly');
    expect(element.querySelectorAll('tg-metric').length).toBeGreaterThan(6);
  });

  it('says what needs somebody, and the first steps that are left', async () => {
    const { element, settle } = await renderPage(OverviewPage, { api: api(), url: 'home' });
    await settle();
    expect(text(element.querySelector('tg-attention') ?? element)).toMatch(
      /0\.9 credits are left.*3 starts were refused/,
    );
    expect(text(element.querySelector('tg-first-steps') ?? element)).toContain('2 of 5 completed');
  });

  it('shows staff the health of the system, providers and organizations instead of first steps', async () => {
    const { element, settle } = await renderPage(OverviewPage, {
      api: api(),
      url: 'overview',
      scope: 'platform',
      staff: true,
    });
    await settle();
    expect(text(element.querySelector('tg-attention') ?? element)).toContain('the oldest job has waited for 90 s');
    expect(text(element)).toContain('By organization');
    expect(text(element)).toContain('No provider is enabled');
    expect(element.querySelector('tg-checklist')).toBeNull();
  });

  it('asks for nothing that the role may not see', async () => {
    const { api: called, settle } = await renderPage(OverviewPage, {
      api: api(),
      url: 'home',
      permissions: ['metrics:read'],
    });
    await settle();
    expect(called.calls.filter((call) => !call.path.startsWith('/v1/metrics/'))).toEqual([]);
  });
});

describe('ranges', () => {
  it('fall back to a week, and end with the running quarter of an hour', () => {
    expect([rangeOf('30d'), rangeOf('x'), rangeOf(undefined)]).toEqual(['30d', '7d', '7d']);
    expect(boundsOf('24h', Date.UTC(2026, 10, 22, 12, 1))).toEqual({
      from: '2026-11-21T12:15:00.000Z',
      to: '2026-11-22T12:15:00.000Z',
    });
  });

  it('are labelled in the zone', () => {
    expect(bucketLabels(['2026-11-21T18:30:00.000Z'], 'day', 'Asia/Kolkata')).toEqual(['Nov 22']);
    expect(bucketLabels(['2026-11-21T18:30:00.000Z'], 'hour', 'Asia/Kolkata')).toEqual(['00:00']);
  });
});
