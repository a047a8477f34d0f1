import { jest } from '@jest/globals';
import { onBothEngines } from '@tollgate/api/testing';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

onBothEngines((engine) => {
  describe('limits', () => {
    let demo: Demo;
    let live: Caller;
    let test: Caller;

    beforeAll(async () => {
      demo = await startDemo({ engine, environment: { TOLLGATE_OUTBOX_FOR_LIVE_KEYS: 'true' } });
      live = demo.keyed(demo.credentials.live_key);
      test = demo.keyed(demo.credentials.test_key);
    });
    afterAll(() => demo.server.close());

    let numbers = 0;
    const aNumber = (): string => `+2782${String(4_000_000 + (numbers += 1) * 10_009).slice(0, 7)}`;
    const start = (caller: Caller, to: string, more: object = {}): Promise<Answer> =>
      caller.call('POST', '/v1/verifications', { to, channel: 'sms', ...more });
    /** Starts and cancels, so that the next start is a new one. */
    async function startAnew(caller: Caller, to: string): Promise<Answer> {
      const started = await start(caller, to);
      if (started.status === 201)
        await caller.call('POST', `/v1/verifications/${String(started.body['id'])}/cancel`, {});
      return started;
    }

    it('let five starts in ten minutes through to a destination, then say when there is room, and why', async () => {
      const to = aNumber();
      for (let i = 0; i < 5; i += 1) expect((await startAnew(live, to)).status).toBe(201);
      const refused = await startAnew(live, to);
      expect(refused).toMatchObject({
        status: 429,
        code: 'quota_exceeded',
        body: { violated_policies: [{ name: 'destination_short', limit: 5, window_s: 600 }] },
      });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
      expect(refused.headers.get('ratelimit-policy')).toBe('"destination_short";q=5;w=600');
      expect(refused.headers.get('ratelimit')).toMatch(/^"destination_short";r=0;t=\d+$/);

      const requestId = String(refused.body['request_id']);
      for (const reader of [demo.superAdmin, demo.admin]) {
        expect(await reader.call('GET', `/v1/refusals/${requestId}`)).toMatchObject({
          status: 200,
          body: { code: 'quota_exceeded', policy: 'destination_short', outcome: 'refused', country: 'ZA' },
        });
      }
      expect(await live.call('GET', `/v1/refusals/${requestId}`)).toMatchObject({ status: 403 });
      expect(await demo.stranger.call('GET', `/v1/refusals/${requestId}`)).toMatchObject({ status: 401 });
      const listed = await demo.admin.call('GET', '/v1/refusals?policy=destination_short');
      expect(JSON.stringify(listed.body)).toContain(requestId);
      expect(JSON.stringify(listed.body)).not.toContain(to);
    });

    it('count test keys apart and by their own clock', async () => {
      const to = aNumber();
      for (let i = 0; i < 5; i += 1) expect((await startAnew(test, to)).status).toBe(201);
      expect((await startAnew(test, to)).status).toBe(429);
      expect((await startAnew(live, to)).status).toBe(201);
      expect((await startAnew(test.with({ 'test-clock': '+601s' }), to)).status).toBe(201);
    });

    it('change without a restart, only by staff, and only from the version that they read', async () => {
      const before = await demo.superAdmin.done('GET', '/v1/limits');
      const change = { version: before['version'], rules: [{ policy: 'user_ref', quota: 2 }], reason: 'Trying it' };
      expect(await demo.admin.call('PATCH', '/v1/limits', change)).toMatchObject({ status: 403 });
      expect(await demo.admin.call('GET', '/v1/limits')).toMatchObject({ status: 403 });
      expect(await demo.superAdmin.call('PATCH', '/v1/limits', change)).toMatchObject({ status: 200 });
      expect(await demo.superAdmin.call('PATCH', '/v1/limits', change)).toMatchObject({
        status: 409,
        code: 'version_conflict',
      });
      const client = { user_ref: 'the same person' };
      const statuses = [];
      for (let i = 0; i < 3; i += 1) statuses.push((await start(live, aNumber(), { client })).status);
      expect(statuses).toEqual([201, 201, 429]);
      const preview = await demo.superAdmin.done('POST', '/v1/limits/preview', {
        rules: [{ policy: 'user_ref', quota: 1 }],
      });
      expect(preview).toMatchObject({
        by_policy: expect.arrayContaining([
          expect.objectContaining({ policy: 'user_ref', would_refuse: 2, refused_now: 1 }),
        ]),
      });
      await demo.superAdmin.done('PATCH', '/v1/limits', { rules: [{ policy: 'user_ref', quota: 10 }] });
      expect(
        await demo.superAdmin.call('PATCH', '/v1/limits', { rules: [{ policy: 'nonsense', quota: 1 }] }),
      ).toMatchObject({ status: 422 });
    });

    it('slow guessing down, lock it, and let staff release it', async () => {
      const to = aNumber();
      await demo.superAdmin.done('PATCH', '/v1/limits', { rules: [{ policy: 'wrong_checks_lock', quota: 3 }] });
      const started = await start(live, to);
      const check = () =>
        live.call('POST', `/v1/verifications/${String(started.body['id'])}/check`, { code: '000000' });
      for (let i = 0; i < 3; i += 1) expect((await check()).status).toBe(200);
      const locked = await check();
      expect(locked).toMatchObject({ status: 429, code: 'destination_locked' });
      const { data } = await demo.superAdmin.done('GET', `/v1/guess-locks?to=${encodeURIComponent(to)}`);
      const [lock] = data as { id: string; state: string }[];
      expect(lock).toMatchObject({ state: 'locked', wrong_checks: 3 });
      const path = `/v1/guess-locks/${lock?.id ?? ''}/release`;
      expect(await demo.admin.call('POST', path, { reason: 'x' })).toMatchObject({ status: 403 });
      expect(await demo.superAdmin.call('POST', path, { reason: 'Recognized on the telephone' })).toMatchObject({
        status: 204,
      });
      expect((await check()).status).toBe(200);
      await demo.superAdmin.done('PATCH', '/v1/limits', { rules: [{ policy: 'wrong_checks_lock', quota: 100 }] });
    });

    it('keep silent towards a destination on the suppression list, until it is taken off', async () => {
      const to = aNumber();
      const added = await demo.admin.call('POST', '/v1/suppressions', { channel: 'sms', to, note: 'Asked us to stop' });
      expect(added).toMatchObject({
        status: 201,
        body: { reason: 'manual', organization_id: demo.credentials.organization_id },
      });
      expect(JSON.stringify(added.body)).not.toContain(to);
      expect(await start(live, to)).toMatchObject({ status: 403, code: 'destination_suppressed' });
      expect((await start(test, to)).status).toBe(201);
      const found = await demo.admin.done('GET', `/v1/suppressions?to=${encodeURIComponent(to)}`);
      expect(found['data']).toHaveLength(1);

      const other = await demo.superAdmin.done('POST', '/v1/organizations', { name: 'Somebody else' });
      const elsewhere = demo.superAdmin.in(String(other['id']));
      const path = `/v1/suppressions/${String(added.body['id'])}`;
      expect(await elsewhere.call('DELETE', path)).toMatchObject({ status: 404 });
      expect(await live.call('DELETE', path)).toMatchObject({ status: 403 });
      expect(await demo.admin.call('DELETE', path)).toMatchObject({ status: 204 });
      expect((await start(live, to)).status).toBe(201);
      expect(await demo.admin.call('POST', '/v1/suppressions', { channel: 'sms', to: '123' })).toMatchObject({
        status: 422,
        code: 'invalid_destination',
      });
    });

    it('stop what looks like pumping when staff enforce it, and say why to those who ask', async () => {
      const changed = await demo.superAdmin.call('PATCH', '/v1/fraud-rules', {
        rules: [{ rule: 'unverified_prefix', mode: 'enforce', parameters: { floor: 3, in_flight: 0, of_recent: 0 } }],
      });
      expect(changed).toMatchObject({ status: 200 });
      const block = Array.from({ length: 5 }, (_, i) => `+2783500000${i}`);
      const answers: Answer[] = [];
      for (const to of block) answers.push(await start(live, to));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 403, 403]);
      expect(answers[4]).toMatchObject({ code: 'verification_blocked' });
      const refusal = await demo.admin.done('GET', `/v1/refusals/${String(answers[4]?.body['request_id'])}`);
      expect(refusal).toMatchObject({
        outcome: 'blocked',
        policy: 'unverified_prefix',
        reasons: [{ rule: 'unverified_prefix', observed: 3, allowed: 3 }],
        destination: '+2783***',
      });
      const allow = { allow: { prefixes: ['+2783500'] } };
      const preview = await demo.superAdmin.done('POST', '/v1/fraud-rules/preview', allow);
      expect(Number(preview['would_refuse'])).toBeLessThan(Number(preview['refused_now']));
      await demo.superAdmin.done('PATCH', '/v1/fraud-rules', allow);
      expect((await start(live, '+27835000009')).status).toBe(201);
      expect(await demo.admin.call('PATCH', '/v1/fraud-rules', allow)).toMatchObject({ status: 403 });
    });

    it('keep within the daily spend cap of the application', async () => {
      const path = `/v1/applications/${demo.credentials.application_id}/settings`;
      const { version, daily_spend_cap: before } = await demo.admin.done('GET', path);
      await demo.admin.done('PATCH', path, { version, daily_spend_cap: 1_000 });
      const refused = await start(live, aNumber());
      expect(refused).toMatchObject({
        status: 429,
        code: 'spend_cap_reached',
        body: { cap_of: 'application', cap: 1_000 },
      });
      expect((await start(test, aNumber())).status).toBe(201);
      const { version: next } = await demo.admin.done('GET', path);
      await demo.admin.done('PATCH', path, { version: next, daily_spend_cap: before });
      expect((await start(live, aNumber())).status).toBe(201);
    });
  });
});
