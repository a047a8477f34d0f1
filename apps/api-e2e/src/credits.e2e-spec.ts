import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { onBothEngines } from '@tollgate/api/testing';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';
import { joinTeam } from './harness/join-team';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

onBothEngines((engine) => {
  describe('credits', () => {
    let demo: Demo;
    /** Staff of the platform, acting in the demo's organization. */
    let staff: Caller;
    let live: Caller;

    beforeAll(async () => {
      demo = await startDemo({ engine, environment: { TOLLGATE_OUTBOX_FOR_LIVE_KEYS: 'true' } });
      staff = demo.superAdmin.in(demo.credentials.organization_id);
      live = demo.keyed(demo.credentials.live_key);
    });
    afterAll(() => demo.server.close());

    let numbers = 0;
    const start = (): Promise<Answer> =>
      live.call('POST', '/v1/verifications', {
        to: `+2782${String(3_000_000 + (numbers += 1) * 10_007).slice(0, 7)}`,
        channel: 'sms',
      });
    const post = (caller: Caller, what: 'grants' | 'adjustments', amount: number, key: string = randomUUID()) =>
      caller
        .with({ 'idempotency-key': key })
        .call('POST', `/v1/credits/${what}`, { amount, reason: 'Asked for by the customer' });
    const balance = async (
      caller: Caller = demo.admin,
    ): Promise<{ balance: number; held: number; available: number }> =>
      (await caller.done('GET', '/v1/credits')) as never;
    const entries = async (query = '', caller: Caller = demo.admin) =>
      (await caller.done('GET', `/v1/credits/entries${query}`))['data'] as Readonly<Record<string, unknown>>[];
    /** Leaves exactly so much available. */
    const leave = async (amount: number): Promise<void> => {
      const { available } = await balance();
      if (available !== amount) await post(staff, 'adjustments', amount - available);
    };

    it('are granted by staff with a reason, once for each key, and stand in the history', async () => {
      const before = await balance();
      const key = randomUUID();
      const first = await post(staff, 'grants', 25_000, key);
      expect(first).toMatchObject({
        status: 201,
        body: {
          type: 'grant',
          amount: 25_000,
          balance_after: before.balance + 25_000,
          reason: 'Asked for by the customer',
        },
      });
      const replay = await post(staff, 'grants', 25_000, key);
      expect(replay).toMatchObject({ status: 201, body: first.body });
      expect(replay.headers.get('idempotency-replayed')).toBe('true');
      expect(await post(staff, 'grants', 26_000, key)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
      expect((await balance()).balance).toBe(before.balance + 25_000);
      const [entry] = await entries('?limit=1');
      expect(entry).toMatchObject({
        id: first.body['id'],
        created_by: { kind: 'session', label: demo.credentials.super_admin.email },
      });
    });

    it('are granted once however often the same call arrives at once', async () => {
      const before = await balance();
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(staff, 'grants', 1_000, key)));
      for (const answer of answers) expect([201, 409]).toContain(answer.status);
      expect((await balance()).balance).toBe(before.balance + 1_000);
    });

    it('are moved by nobody without the right, a key, an organization or a sensible amount', async () => {
      expect(await post(demo.admin, 'grants', 1_000)).toMatchObject({ status: 403, code: 'permission_denied' });
      expect(await post(live, 'grants', 1_000)).toMatchObject({ status: 403, code: 'permission_denied' });
      expect(await post(demo.stranger, 'grants', 1_000)).toMatchObject({ status: 401, code: 'missing_credentials' });
      expect(await post(demo.superAdmin, 'grants', 1_000)).toMatchObject({
        status: 422,
        code: 'organization_required',
      });
      const body = { amount: 1_000, reason: 'No key' };
      expect(await staff.call('POST', '/v1/credits/grants', body)).toMatchObject({
        status: 400,
        code: 'idempotency_key_required',
      });
      for (const amount of [0, -5, 0.5, 1e300])
        expect(await post(staff, 'grants', amount)).toMatchObject({ status: 422 });
      expect(await post(staff, 'adjustments', 0)).toMatchObject({ status: 422 });
      const named = { amount: 1_000, reason: 'x', organization_id: demo.credentials.organization_id };
      expect(
        await demo.superAdmin.with({ 'idempotency-key': randomUUID() }).call('POST', '/v1/credits/grants', named),
      ).toMatchObject({ status: 422, code: 'validation_failed' });
    });

    it('are moved by finance staff, who see every history and set no price', async () => {
      const finance = await joinTeam(demo, ['finance']);
      const before = await balance();
      const own = finance.in(demo.credentials.organization_id);
      expect(await post(own, 'grants', 3_000)).toMatchObject({ status: 201, body: { amount: 3_000 } });
      expect(await post(own, 'adjustments', -3_000)).toMatchObject({ status: 201, body: { type: 'adjustment' } });
      expect(await balance(own)).toMatchObject({ balance: before.balance });
      expect((await entries('?limit=1', finance))[0]).toMatchObject({
        type: 'adjustment',
        created_by: { label: 'finance@joined.example' },
      });
      expect(await finance.call('GET', '/v1/credits')).toMatchObject({ status: 422, code: 'organization_required' });
      const price = { operation: 'send.sms', price: 1 };
      expect(await finance.call('POST', '/v1/operation-prices', price)).toMatchObject({ status: 403 });
      expect(await finance.call('GET', '/v1/limits')).toMatchObject({ status: 403 });
      expect(await finance.call('GET', '/v1/credits/integrity')).toMatchObject({ status: 403 });
    });

    it('are seen by a developer as a balance, and by a viewer not at all', async () => {
      const developer = await joinTeam(demo, ['developer'], demo.credentials.organization_id);
      const viewer = await joinTeam(demo, ['viewer'], demo.credentials.organization_id);
      expect(await balance(developer)).toMatchObject({ balance: expect.any(Number) });
      expect(await developer.call('GET', '/v1/credits/entries')).toMatchObject({ status: 403 });
      expect(await viewer.call('GET', '/v1/credits')).toMatchObject({ status: 403, code: 'permission_denied' });
      expect(await viewer.call('GET', '/v1/operation-prices')).toMatchObject({ status: 200 });
    });

    it('are charged for a start, held for its check, and captured by the first check', async () => {
      await leave(50_000);
      const before = await balance();
      const started = await start();
      expect(started).toMatchObject({ status: 201, body: { credits: { charged: 5_000, held: 1_000 }, test: false } });
      expect(await balance()).toMatchObject({
        balance: before.balance - 5_000,
        held: before.held + 1_000,
        available: before.available - 6_000,
      });
      const path = `/v1/verifications/${String(started.body['id'])}/check`;
      expect(await live.call('POST', path, { code: '000000' })).toMatchObject({ status: 200 });
      expect(await live.call('POST', path, { code: '000001' })).toMatchObject({ status: 200 });
      expect(await balance()).toMatchObject({ balance: before.balance - 6_000, held: before.held });
      const own = await entries(`?source_id=${String(started.body['id'])}`);
      expect(own).toMatchObject([{ type: 'capture', amount: -1_000, operation: 'verification.check', country: 'ZA' }]);
      expect((await entries('?limit=2')).map(({ type, description }) => [type, description])).toEqual([
        ['capture', 'Check of a verification to ZA'],
        ['charge', 'SMS to ZA'],
      ]);
    });

    it('cannot be adjusted below what is held', async () => {
      await leave(20_000);
      await start();
      const { available, held } = await balance();
      expect(held).toBeGreaterThan(0);
      expect(await post(staff, 'adjustments', -available - 1)).toMatchObject({
        status: 402,
        code: 'insufficient_credits',
        body: { balance: available, required: available + 1 },
      });
      expect(await post(staff, 'adjustments', -available)).toMatchObject({ status: 201 });
      expect(await balance()).toMatchObject({ available: 0, held });
    });

    it('let exactly as many of many parallel starts through as there are credits for', async () => {
      await leave(20 * 6_000);
      const answers = await Promise.all(Array.from({ length: 60 }, start));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(20);
      expect(statuses.filter((status) => status === 402)).toHaveLength(40);
      const refused = answers.find(({ status }) => status === 402);
      expect(refused).toMatchObject({
        code: 'insufficient_credits',
        body: { balance: expect.any(Number), required: 6_000 },
      });
      expect((await balance()).available).toBe(0);
      const report = await demo.superAdmin.done('GET', '/v1/credits/integrity');
      expect(report).toMatchObject({ ok: true, findings: [] });
    });

    it('cost nothing with a test key, whatever is left', async () => {
      await leave(0);
      const before = await balance();
      const started = await demo
        .keyed(demo.credentials.test_key)
        .call('POST', '/v1/verifications', { to: '+27829999999', channel: 'sms' });
      expect(started).toMatchObject({ status: 201, body: { credits: { charged: 0, held: 0 } } });
      expect(await balance()).toEqual({ ...before, as_of: expect.any(String) });
    });

    it('are listed page by page with filters, and refuse a cursor of another list', async () => {
      await leave(10_000);
      const first = await demo.admin.done('GET', '/v1/credits/entries?limit=3');
      const cursor = String(first['next_cursor']);
      const second = await demo.admin.done('GET', `/v1/credits/entries?limit=3&cursor=${cursor}`);
      const seqs = [first, second].flatMap((page) => (page['data'] as { seq: number }[]).map(({ seq }) => seq));
      expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) - i));
      expect((await entries('?type=grant')).every(({ type }) => type === 'grant')).toBe(true);
      expect(await demo.admin.call('GET', `/v1/credits/entries?type=grant&cursor=${cursor}`)).toMatchObject({
        status: 422,
        code: 'invalid_cursor',
      });
      expect(await demo.admin.call('GET', '/v1/credits/entries?nonsense=1')).toMatchObject({ status: 422 });
    });

    it('are not shown to another organization', async () => {
      const other = await demo.superAdmin.done('POST', '/v1/organizations', { name: `Other ${randomUUID()}` });
      const inOther = demo.superAdmin.in(String(other['id']));
      await post(inOther, 'grants', 77_000);
      expect(await entries('', inOther)).toHaveLength(1);
      const own = await entries('?limit=200');
      expect(own.every((entry) => entry['organization_id'] === demo.credentials.organization_id)).toBe(true);
      const header = { 'tollgate-organization': String(other['id']) };
      expect(await demo.admin.with(header).call('GET', '/v1/credits')).toMatchObject({
        status: 403,
        code: 'organization_not_selectable',
      });
    });
  });

  describe('operation prices', () => {
    let demo: Demo;
    beforeAll(async () => {
      demo = await startDemo({ engine, environment: { TOLLGATE_OUTBOX_FOR_LIVE_KEYS: 'true' } });
    });
    afterAll(() => demo.server.close());

    it('begin as documented, and every role reads them', async () => {
      const { data } = await demo.admin.done('GET', '/v1/operation-prices?state=current&sort=valid_from');
      const prices = (data as { operation: string; price: number }[]).map(({ operation, price }) => [operation, price]);
      expect(Object.fromEntries(prices)).toEqual({
        'verification.start': 0,
        'verification.check': 1_000,
        'send.sms': 5_000,
        'send.email': 1_000,
        'send.mobile': 0,
      });
    });

    it('change by a new version at once, for one country, and are charged from then on', async () => {
      const set = await demo.superAdmin.call('POST', '/v1/operation-prices', {
        operation: 'send.sms',
        country: 'ZA',
        price: 2_500,
        note: 'Direct route',
      });
      expect(set).toMatchObject({ status: 201, body: { state: 'current', price: 2_500, country: 'ZA', active: true } });
      const live = demo.keyed(demo.credentials.live_key);
      const start = (to: string) => live.call('POST', '/v1/verifications', { to, channel: 'sms' });
      expect(await start('+27825550001')).toMatchObject({ status: 201, body: { credits: { charged: 2_500 } } });
      expect(await start('+919876543210')).toMatchObject({ status: 201, body: { credits: { charged: 5_000 } } });
      const { data } = await demo.superAdmin.done('GET', '/v1/audit?action=operation_price.set');
      expect(data).toMatchObject([
        { reason: 'Direct route', changes: [{ field: 'price', before: 5_000, after: 2_500 }, {}] },
      ]);
      expect(await demo.admin.done('GET', '/v1/audit?action=operation_price.set')).toMatchObject({ data: [] });
    });

    it('are set by nobody but super admins, and never in the past', async () => {
      const price = { operation: 'send.sms', price: 1 };
      expect(await demo.admin.call('POST', '/v1/operation-prices', price)).toMatchObject({ status: 403 });
      expect(await demo.stranger.call('GET', '/v1/operation-prices')).toMatchObject({ status: 401 });
      const past = { ...price, valid_from: '2020-01-01T00:00:00.000Z' };
      expect(await demo.superAdmin.call('POST', '/v1/operation-prices', past)).toMatchObject({
        status: 422,
        code: 'range_invalid',
      });
      expect(await demo.superAdmin.call('POST', '/v1/operation-prices', { ...price, price: -1 })).toMatchObject({
        status: 422,
      });
    });

    it('are previewed on what was really used', async () => {
      const range = {
        from: new Date(Date.now() - 3_600_000).toISOString(),
        to: new Date(Date.now() + 60_000).toISOString(),
      };
      const preview = await demo.admin.done('POST', '/v1/operation-prices/preview', {
        ...range,
        prices: [{ operation: 'send.sms', price: 10_000 }],
      });
      expect(preview).toMatchObject({ charged: 7_500, would_have_charged: 12_500, difference: 5_000, not_counted: [] });
    });
  });
});
