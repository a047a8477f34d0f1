import { jest } from '@jest/globals';
import { onBothEngines } from '@tollgate/api/testing';
import { Totp } from '@tollgate/api/crypto';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

type Body = Readonly<Record<string, unknown>>;
const STEP_MS = 30_000;

onBothEngines((engine) => {
  describe('authenticators of a client application', () => {
    let demo: Demo;
    let live: Caller;
    let test: Caller;

    beforeAll(async () => {
      demo = await startDemo({ engine });
      live = demo.keyed(demo.credentials.live_key);
      test = demo.keyed(demo.credentials.test_key);
    });
    afterAll(() => demo.server.close());

    const enrol = (caller: Caller): Promise<Body> =>
      caller.done('POST', '/v1/factors', { type: 'totp', user_ref: 'user_42', label: 'ada@example.com' });
    /** The code of the step so many after this one. */
    const code = (secret: unknown, steps = 0): string => Totp.tokenAt(String(secret), Date.now() + steps * STEP_MS);
    const active = async (caller: Caller): Promise<Body> => {
      const enrolled = await enrol(caller);
      const activated = await caller.done('POST', `/v1/factors/${String(enrolled['id'])}/activate`, {
        code: code(enrolled['secret'], -1),
      });
      expect(activated).toMatchObject({ valid: true, status: 'active' });
      return enrolled;
    };
    const check = (caller: Caller, factor: Body, body: Body): Promise<Answer> =>
      caller.call('POST', `/v1/factors/${String(factor['id'])}/check`, body);

    it('the secret is shown once, also to whoever repeats the call', async () => {
      const keyed = test.with({ 'idempotency-key': 'enrol once' });
      const first = await enrol(keyed);
      expect(first).toMatchObject({ status: 'pending', type: 'totp', test: true });
      expect(first['otpauth_uri']).toMatch(/^otpauth:\/\/totp\//);
      const replayed = await enrol(keyed);
      expect(replayed['id']).toBe(first['id']);
      expect(Object.keys(replayed)).not.toContain('secret');
      const read = await test.done('GET', `/v1/factors/${String(first['id'])}`);
      expect(JSON.stringify(read)).not.toContain(String(first['secret']));
    });

    it('a code is right once; wrong ones pause the authenticator', async () => {
      const factor = await active(test);
      expect(await check(test, factor, { code: code(factor['secret']) })).toMatchObject({
        status: 200,
        body: { valid: true, reason: null },
      });
      expect(await check(test, factor, { code: code(factor['secret']) })).toMatchObject({
        status: 200,
        body: { valid: false, reason: 'already_used' },
      });
      const wrong = String((Number(code(factor['secret'], 5)) + 7) % 1_000_000).padStart(6, '0');
      for (let i = 0; i < 4; i += 1) await check(test, factor, { code: wrong });
      const locked = await check(test, factor, { code: code(factor['secret'], 1) });
      expect(locked).toMatchObject({ status: 429, code: 'factor_locked' });
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('of simultaneous equal codes one is right', async () => {
      const factor = await active(test);
      const right = code(factor['secret']);
      const answers = await Promise.all([1, 2, 3, 4].map(() => check(test, factor, { code: right })));
      expect(answers.filter((answer) => answer.body['valid'] === true)).toHaveLength(1);
    });

    it('recovery codes work once each, and new ones void the old', async () => {
      const factor = await active(test);
      const make = async () =>
        (await test.done('POST', `/v1/factors/${String(factor['id'])}/recovery-codes`))['codes'] as string[];
      const [old, fresh] = [await make(), await make()];
      expect(new Set(fresh).size).toBe(10);
      expect(await check(test, factor, { recovery_code: old[0] })).toMatchObject({ body: { valid: false } });
      expect(await check(test, factor, { recovery_code: fresh[0] })).toMatchObject({
        body: { valid: true, recovery_codes_remaining: 9 },
      });
      expect(await check(test, factor, { recovery_code: fresh[0] })).toMatchObject({ body: { valid: false } });
    });

    it('a verification by the authenticator holds and charges the check, and is sent nothing', async () => {
      const factor = await active(live);
      const before = Number((await demo.admin.done('GET', '/v1/credits'))['balance']);
      const started = await live.call('POST', '/v1/verifications', { channel: 'mobile', factor_id: factor['id'] });
      expect(started).toMatchObject({
        status: 201,
        body: {
          channel: 'mobile',
          to: null,
          sends: [],
          resend_available_at: null,
          credits: { charged: 0, held: 1000 },
        },
      });
      const path = `/v1/verifications/${String(started.body['id'])}`;
      expect(await live.call('POST', `${path}/resend`)).toMatchObject({ status: 422, code: 'not_resendable' });
      expect(await live.call('POST', `${path}/check`, { code: code(factor['secret']) })).toMatchObject({
        status: 200,
        body: { valid: true, status: 'approved' },
      });
      expect(await demo.admin.done('GET', '/v1/credits')).toMatchObject({ balance: before - 1000, held: 0 });
    });

    it('a check outside a verification is charged each time', async () => {
      const factor = await active(live);
      const before = Number((await demo.admin.done('GET', '/v1/credits'))['balance']);
      await check(live, factor, { code: code(factor['secret']) });
      expect(await demo.admin.done('GET', '/v1/credits')).toMatchObject({ balance: before - 1000 });
    });

    it('bad input is refused with its code', async () => {
      const factor = await active(test);
      expect(await check(test, factor, { code: '12345' })).toMatchObject({ status: 422, code: 'invalid_code_format' });
      expect(await check(test, factor, {})).toMatchObject({ status: 422, code: 'validation_failed' });
      expect(await check(live, factor, { code: '123456' })).toMatchObject({ status: 404, code: 'factor_not_found' });
      const started = (body: Body) => test.call('POST', '/v1/verifications', { channel: 'mobile', ...body });
      expect(await started({ factor_id: factor['id'], code: { length: 6 } })).toMatchObject({
        status: 422,
        code: 'validation_failed',
      });
      expect(await started({ factor_id: `fct_${'0'.repeat(26)}` })).toMatchObject({
        status: 404,
        code: 'factor_not_found',
      });
      const pending = await enrol(test);
      expect(await started({ factor_id: pending['id'] })).toMatchObject({ status: 409, code: 'factor_state' });
    });

    it('deleting one ends it and what is pending with it', async () => {
      const factor = await active(test);
      const begun = await test.done('POST', '/v1/verifications', { channel: 'mobile', factor_id: factor['id'] });
      const path = `/v1/factors/${String(factor['id'])}`;
      expect(await test.call('DELETE', path)).toMatchObject({ status: 204 });
      expect(await test.call('DELETE', path)).toMatchObject({ status: 404, code: 'factor_not_found' });
      expect(await test.done('GET', path)).toMatchObject({ status: 'deleted' });
      expect(await test.done('GET', `/v1/verifications/${String(begun['id'])}`)).toMatchObject({ status: 'canceled' });
    });
  });
});
