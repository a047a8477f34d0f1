import { HttpModule, RequestObservers } from '@tollgate/api/http';
import { newId, systemPrincipal, type Principal } from '@tollgate/api/kernel';
import { UnitOfWork } from '@tollgate/api/database';
import { anApplication } from '@tollgate/api/applications/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompareMetrics } from './compare-metrics';
import { RequestExport } from './exports/request-export';
import { FoldUsage } from './fold-usage';
import { ListRequests } from './list-requests';
import { ListUsage } from './list-usage';
import { MetricsModule } from './metrics.module';
import { PurgeLogs } from './purge-logs';
import { ReconcileUsage } from './reconcile-usage';
import { SummarizeMetrics } from './summarize-metrics';
import { RawUsageSources, UsageMeter, type UsageDelta } from './usage-meter';
import { WriteRequestLog } from './write-request-log';

const HOUR = 3_600_000;

onBothEngines((engine) => {
  let slice: Slice;
  let caller: Principal;
  let base: Omit<UsageDelta, 'counts' | 'at' | 'cohortAt'>;
  let now: number;

  beforeEach(async () => {
    slice = await bootSlice({ engine, modules: [HttpModule, MetricsModule] });
    const application = await anApplication(slice);
    caller = {
      ...systemPrincipal('spec', application.organizationId),
      permissions: new Set(['usage:read', 'requests:read']),
      userId: 'usr_1',
    };
    base = {
      organizationId: application.organizationId,
      applicationId: application.id,
      test: false,
      channel: 'sms',
      country: 'ZA',
      provider: 'twilio',
    };
    now = slice.clock.now();
  });
  afterEach(() => slice.close());

  const count = (...deltas: (Partial<UsageDelta> & Pick<UsageDelta, 'counts'>)[]) =>
    slice
      .get(UnitOfWork)
      .run(() => slice.get(UsageMeter).count(deltas.map((delta) => ({ ...base, at: now, cohortAt: now, ...delta }))));
  const range = (hours = 24) => ({
    from: new Date(now - hours * HOUR).toISOString(),
    to: new Date(now + hours * HOUR).toISOString(),
  });
  const summary = () => slice.get(SummarizeMetrics).summary({ ...range(), time_zone: 'Asia/Kolkata' }, caller);

  it('counts the same before, during and after folding', async () => {
    await count(
      { counts: { started: 1, generated: 1, sends: 1 } },
      { counts: { approved: 1, checks: 1, checks_right: 1 } },
    );
    const before = await summary();
    expect(before.metrics.verification_rate).toEqual({ value: 100, numerator: 1, denominator: 1 });
    expect(await slice.get(FoldUsage).execute()).toBe(2);
    await count({ counts: { started: 1, generated: 1 } });
    const half = await summary();
    expect(half.metrics.verification_rate).toEqual({ value: 50, numerator: 1, denominator: 2 });
    await slice.get(FoldUsage).execute();
    expect((await summary()).metrics).toEqual(half.metrics);
  });

  it('folds each row once when two processes fold at the same time', async () => {
    for (let i = 0; i < 40; i += 1) await count({ counts: { started: 1 } });
    await Promise.all(Array.from({ length: 6 }, () => slice.get(FoldUsage).execute()));
    await slice.get(FoldUsage).execute();
    expect((await summary()).metrics.started.value).toBe(40);
  });

  it('forgets what a rolled back transaction counted', async () => {
    const failed = slice.get(UnitOfWork).run(async () => {
      await slice.get(UsageMeter).count([{ ...base, at: now, cohortAt: now, counts: { started: 1 } }]);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect((await summary()).metrics.started.value).toBe(0);
  });

  it('keeps cohort and event apart, and the previous range', async () => {
    await count({ cohortAt: now - 30 * HOUR, counts: { approved: 1 } });
    const cohort = await summary();
    expect([cohort.metrics.validated.value, cohort.previous.validated.value]).toEqual([0, 1]);
    const event = await slice.get(SummarizeMetrics).summary({ ...range(), view: 'event' }, caller);
    expect(event.metrics.validated.value).toBe(1);
  });

  it('never shows test traffic, another organization or another application', async () => {
    const other = await anApplication(slice);
    await count(
      { test: true, counts: { started: 1 } },
      { organizationId: other.organizationId, applicationId: other.id, counts: { started: 5 } },
    );
    expect((await summary()).metrics.started.value).toBe(0);
    const key: Principal = {
      ...caller,
      kind: 'api_key',
      applicationId: other.id,
      actingOrganizationId: other.organizationId,
      test: false,
    };
    expect(
      (await slice.get(SummarizeMetrics).summary({ ...range(), application_id: base.applicationId }, key)).metrics
        .started.value,
    ).toBe(5);
  });

  it('draws a series with empty buckets, whole per group', async () => {
    await count({ counts: { started: 2 } }, { channel: 'email', country: null, counts: { started: 3 } });
    const query = { ...range(), metric: 'started' as const, bucket: 'hour' as const, time_zone: 'Asia/Kathmandu' };
    const whole = await slice.get(CompareMetrics).timeseries(query, caller);
    expect(whole.series).toHaveLength(1);
    expect(whole.series[0]?.points.length).toBeGreaterThan(47);
    expect(whole.series[0]?.points.reduce((sum, point) => sum + point.numerator, 0)).toBe(5);
    const split = await slice.get(CompareMetrics).timeseries({ ...query, group_by: 'channel' }, caller);
    expect(
      split.series.map(({ group, points }) => [group, points.reduce((sum, point) => sum + point.numerator, 0)]).sort(),
    ).toEqual([
      ['email', 3],
      ['sms', 2],
    ]);
  });

  it('breaks down by country with the largest first', async () => {
    await count({ counts: { generated: 1 } }, { country: 'IN', counts: { generated: 4 } });
    const { rows } = await slice.get(CompareMetrics).breakdown({ ...range(), by: 'country' }, caller);
    expect(rows.map(({ group, metrics }) => [group, metrics.generated.value])).toEqual([
      ['IN', 4],
      ['ZA', 1],
    ]);
  });

  it('measures latencies through folding', async () => {
    for (const ms of [100, 200, 300, 10_000]) await count({ counts: {}, latency: { kind: 'delivery', ms } });
    const before = (await summary()).delivery_latency;
    await slice.get(FoldUsage).execute();
    expect((await summary()).delivery_latency).toEqual(before);
    expect(before.count).toBe(4);
    expect(before.p50_ms).toBeGreaterThan(195);
    expect(before.p50_ms).toBeLessThan(205);
  });

  it('lists the usage log by pages, and refuses ranges and zones that make no sense', async () => {
    for (let i = 0; i < 5; i += 1) {
      await count({
        at: now + i,
        counts: { credits: 1000 },
        activity: { action: 'authentication', result: 'success', verificationId: newId('vrf') },
      });
    }
    await count({ counts: { started: 1 } });
    const first = await slice.get(ListUsage).execute({ limit: 3 }, caller);
    expect(first.total_estimate).toBe(5);
    const second = await slice.get(ListUsage).execute({ limit: 3, cursor: first.next_cursor ?? '' }, caller);
    expect([...first.data, ...second.data].map((row) => Date.parse(row.at) - now)).toEqual([4, 3, 2, 1, 0]);
    await expect(
      slice.get(SummarizeMetrics).summary({ from: range().to, to: range().from }, caller),
    ).rejects.toMatchObject({ code: 'range_invalid' });
    await expect(
      slice.get(SummarizeMetrics).summary({ ...range(), time_zone: 'Mars/Base' }, caller),
    ).rejects.toMatchObject({ code: 'time_zone_invalid' });
  });

  it('alarms when a rollup differs from the rows', async () => {
    await count({ cohortAt: now - 2 * HOUR, counts: { started: 2 } });
    const bucket = Math.floor((now - 2 * HOUR) / 900_000) * 900_000;
    slice.get(RawUsageSources).register(() =>
      Promise.resolve([
        {
          organizationId: base.organizationId,
          applicationId: base.applicationId,
          test: false,
          channel: 'sms' as const,
          bucket,
          counts: { started: 3 },
        },
      ]),
    );
    expect(await slice.get(ReconcileUsage).execute()).toMatchObject([
      { counter: 'started', rollup: 2, rows: 3, bucket },
    ]);
    await count({ cohortAt: now - 2 * HOUR, counts: { started: 1 } });
    await slice.get(FoldUsage).execute();
    expect(await slice.get(ReconcileUsage).execute()).toEqual([]);
  });

  const record = (overrides: Record<string, unknown> = {}) =>
    slice.get(RequestObservers).notify({
      requestId: 'req_abc12345',
      at: now,
      durationMs: 1.5,
      method: 'POST',
      route: '/v1/verifications',
      event: 'verifications.start',
      status: 201,
      errorCode: null,
      principal: caller,
      addresses: { effective: '203.0.113.7', forwarded: null, remote: '10.0.0.1' },
      userAgent: '=cmd()',
      replayed: false,
      ...overrides,
    } as never);

  it('writes the request log of the API alone, and finds a request again', async () => {
    record();
    record({ status: 429, errorCode: 'quota_exceeded' });
    record({ event: 'page:GET /sign-in', route: '/sign-in' });
    await slice.get(WriteRequestLog).flush();
    const page = await slice.get(ListRequests).list({}, caller);
    expect(page.data).toHaveLength(2);
    const refused = await slice.get(ListRequests).list({ status: '4xx' }, caller);
    expect(refused.data).toMatchObject([{ status: 429, error_code: 'quota_exceeded', ip_address: '203.0.113.7' }]);
    expect(await slice.get(ListRequests).get(refused.data[0]?.id ?? '', caller)).toMatchObject({
      remote_address: '10.0.0.1',
      duration_ms: 1.5,
    });
    const stranger = { ...caller, actingOrganizationId: newId('org') };
    await expect(slice.get(ListRequests).get(refused.data[0]?.id ?? '', stranger)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each(['csv', 'xlsx'] as const)(
    'writes a %s of the request log that only its maker sees, and forgets it after a day',
    async (format) => {
      record({ principal: { ...caller, label: '=HYPERLINK("x")' } });
      await slice.get(WriteRequestLog).flush();
      const asked = await slice.get(RequestExport).create({ list: 'requests', format }, caller);
      expect(asked.status).toBe('queued');
      await slice.runJobs();
      const job = await slice.get(RequestExport).get(asked.id, caller);
      expect([job.status, job.row_count]).toEqual(['done', 1]);
      const file = await readFile(join(slice.storage.dataDir, 'exports', `${asked.id}.${format}`));
      if (format === 'csv') expect(file.toString()).toContain(`"'=HYPERLINK(""x"")"`);
      else expect(file.subarray(0, 2).toString()).toBe('PK');
      await expect(slice.get(RequestExport).get(asked.id, { ...caller, userId: 'usr_2' })).rejects.toMatchObject({
        code: 'not_found',
      });
      slice.clock.advance(25 * HOUR);
      await slice.runSchedule('metrics.expire_exports');
      await expect(slice.get(RequestExport).get(asked.id, caller)).rejects.toMatchObject({ code: 'not_found' });
    },
  );

  it('does not export what the caller may not read', async () => {
    const blind = { ...caller, permissions: new Set(['usage:read'] as const) };
    await expect(slice.get(RequestExport).create({ list: 'requests', format: 'csv' }, blind)).rejects.toMatchObject({
      code: 'permission_denied',
    });
  });

  it('purges old rows of both logs and keeps rollups', async () => {
    record();
    await slice.get(WriteRequestLog).flush();
    await count({
      counts: { started: 1 },
      activity: { action: 'authentication', result: 'success', verificationId: newId('vrf') },
    });
    expect(await slice.get(PurgeLogs).usage(now + 1)).toBe(0);
    await slice.get(FoldUsage).execute();
    expect([await slice.get(PurgeLogs).usage(now + 1), await slice.get(PurgeLogs).requests(now + 1)]).toEqual([1, 1]);
    expect((await summary()).metrics.started.value).toBe(1);
    expect((await slice.get(ListUsage).execute({}, caller)).data).toEqual([]);
  });
});
