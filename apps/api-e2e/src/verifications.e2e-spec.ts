import { jest } from '@jest/globals';
import { onBothEngines } from '@tollgate/api/testing';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';
import { aNumber, aNumberFor } from './harness/numbers';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

type Body = Readonly<Record<string, unknown>>;

const wrong = (code: string): string => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

onBothEngines((engine) => {
  describe('a client application', () => {
    let demo: Demo;
    let live: Caller;
    let test: Caller;

    beforeAll(async () => {
      demo = await startDemo({ engine });
      live = demo.keyed(demo.credentials.live_key);
      test = demo.keyed(demo.credentials.test_key);
    });
    afterAll(() => demo.server.close());

    const start = (caller: Caller, body: Body): Promise<Answer> => caller.call('POST', '/v1/verifications', body);
    const begin = async (caller: Caller, body: Body = {}): Promise<{ id: string; to: string }> => {
      const to = String(body['to'] ?? aNumber());
      return { id: String((await caller.done('POST', '/v1/verifications', { to, ...body }))['id']), to };
    };
    const check = (caller: Caller, id: string, code: string): Promise<Answer> =>
      caller.call('POST', `/v1/verifications/${id}/check`, { code });
    const read = (caller: Caller, id: string): Promise<Body> => caller.done('GET', `/v1/verifications/${id}`);
    const inbox = async (to: string): Promise<Body[]> =>
      (await test.done('GET', `/v1/test/messages?to=${encodeURIComponent(to)}`))['data'] as Body[];
    const codeFor = async (to: string): Promise<string> => String((await inbox(to))[0]?.['code']);
    const balance = async (): Promise<Body> => demo.admin.done('GET', '/v1/credits');
    const pair = async (body: Body = {}): Promise<{ id: string; to: string; code: string }> => {
      const begun = await begin(test, body);
      return { ...begun, code: await codeFor(begun.to) };
    };

    it('sends a code, reads it in the test inbox and checks it', async () => {
      const to = aNumber();
      const started = await start(test, { to, channel: 'sms' });
      expect(started).toMatchObject({
        status: 201,
        body: {
          status: 'pending',
          reason: null,
          channel: 'sms',
          to: `${to.slice(0, 5)}***${to.slice(-4)}`,
          purpose: 'sign_in',
          checks_remaining: 5,
          credits: { charged: 0, held: 0 },
          test: true,
        },
      });
      expect(Object.keys(started.body)).not.toContain('code');
      const checked = await check(test, String(started.body['id']), await codeFor(to));
      expect(checked).toMatchObject({ status: 200, body: { valid: true, status: 'approved', reason: null } });
    });

    describe('checking', () => {
      it('a wrong code is 200 and not valid; the last one fails it', async () => {
        const { id, code } = await pair({ code: { max_checks: 2 } });
        expect(await check(test, id, wrong(code))).toMatchObject({
          status: 200,
          body: { valid: false, reason: 'wrong_code', status: 'pending', checks_remaining: 1 },
        });
        expect(await check(test, id, wrong(code))).toMatchObject({
          status: 200,
          body: { valid: false, reason: 'too_many_checks', status: 'failed', checks_remaining: 0 },
        });
        expect(await check(test, id, code)).toMatchObject({
          status: 200,
          body: { valid: false, reason: 'too_many_checks' },
        });
      });

      it('the right code twice is already used, unless it is a retry of the same call', async () => {
        const { id, code } = await pair();
        const retrying = test.with({ 'idempotency-key': `check ${id}` });
        expect(await check(retrying, id, code)).toMatchObject({ status: 200, body: { valid: true } });
        const replay = await check(retrying, id, code);
        expect(replay).toMatchObject({ status: 200, body: { valid: true } });
        expect(replay.headers.get('idempotency-replayed')).toBe('true');
        expect(await check(test, id, code)).toMatchObject({
          status: 200,
          body: { valid: false, reason: 'already_used' },
        });
      });

      it('of simultaneous right codes one is valid, of simultaneous guesses max_checks are looked at', async () => {
        const right = await pair();
        const answers = await Promise.all(Array.from({ length: 100 }, () => check(test, right.id, right.code)));
        expect(answers.every((answer) => answer.status === 200)).toBe(true);
        expect(answers.filter((answer) => answer.body['valid'] === true)).toHaveLength(1);
        const guessed = await pair();
        const guesses = await Promise.all(
          Array.from({ length: 100 }, () => check(test, guessed.id, wrong(guessed.code))),
        );
        expect(guesses.filter((answer) => answer.body['reason'] === 'wrong_code')).toHaveLength(4);
        expect(guesses.filter((answer) => answer.body['reason'] === 'too_many_checks')).toHaveLength(96);
      });

      it.each([
        ['canceled', async (id: string) => void (await test.done('POST', `/v1/verifications/${id}/cancel`))],
        [
          'expired',
          async (id: string) =>
            void (await test.with({ 'test-clock': '+601s' }).done('GET', `/v1/verifications/${id}`)),
        ],
      ])('an %s one says so', async (reason, end) => {
        const { id, code } = await pair();
        await end(id);
        expect(await check(test, id, code)).toMatchObject({
          status: 200,
          body: { valid: false, reason, status: reason, checks_remaining: 5 },
        });
      });

      it('an unknown one is 404, and so is that of the other kind of key', async () => {
        const { id, code } = await pair();
        const { id: unknown } = { id: `vrf_${'0'.repeat(26)}` };
        for (const answer of [await check(test, unknown, code), await check(live, id, code)]) {
          expect(answer).toMatchObject({ status: 404, code: 'verification_not_found' });
        }
        expect(await check(test, 'nonsense', code)).toMatchObject({ status: 404 });
      });

      it.each(['12345', '1234567', '12a456', '', '１２３４５６'])('%j is 422 and spends no check', async (typed) => {
        const { id } = await pair();
        expect(await check(test, id, typed)).toMatchObject({ status: 422, code: 'invalid_code_format' });
        expect(await read(test, id)).toMatchObject({ checks_remaining: 5 });
      });

      it('by destination tells no more than that', async () => {
        const byTo = (to: string, code: string, purpose?: string) =>
          test.call('POST', '/v1/verifications/check', { to, code, ...(purpose === undefined ? {} : { purpose }) });
        const { to, code } = await pair();
        const unknown = { valid: false, reason: 'expired_or_not_found', status: null, id: null, checks_remaining: 0 };
        expect((await byTo(aNumber(), code)).body).toEqual(unknown);
        expect((await byTo(to, code, 'payment')).body).toEqual(unknown);
        expect(await byTo(to, code)).toMatchObject({ status: 200, body: { valid: true } });
        expect((await byTo(to, code)).body).toEqual(unknown);
      });
    });

    describe('starting again', () => {
      it('at the same instant is one verification with one send', async () => {
        const to = aNumber();
        const answers = await Promise.all(Array.from({ length: 10 }, () => start(test, { to })));
        expect(answers.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
        expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
        expect(
          answers.filter((answer) => answer.status === 200).every((answer) => answer.body['resent'] === false),
        ).toBe(true);
        expect(await inbox(to)).toHaveLength(1);
      });

      it('inside the cool-down sends nothing and says so; after it the same code goes out again', async () => {
        const { id, to, code } = await pair();
        expect(await start(test, { to })).toMatchObject({ status: 200, body: { id, resent: false } });
        const later = test.with({ 'test-clock': '+31s' });
        expect(await start(later, { to })).toMatchObject({ status: 200, body: { id, resent: true } });
        const messages = await inbox(to);
        expect(messages.map((message) => message['code'])).toEqual([code, code]);
      });

      it('for another purpose is another verification with another code', async () => {
        const { id, to } = await pair({ code: { length: 10 } });
        const other = await pair({ to, purpose: 'payment', code: { length: 10 } });
        expect(other.id).not.toBe(id);
        expect(await check(test, id, other.code)).toMatchObject({ body: { valid: false, reason: 'wrong_code' } });
      });

      it('with an Idempotency-Key answers the stored one, and refuses another body', async () => {
        const to = aNumber();
        const keyed = test.with({ 'idempotency-key': `start ${to}` });
        const [first, again] = [await start(keyed, { to }), await start(keyed, { to })];
        expect([first.status, again.status]).toEqual([201, 201]);
        expect(again.body).toEqual(first.body);
        expect(await start(keyed, { to, purpose: 'payment' })).toMatchObject({
          status: 422,
          code: 'idempotency_key_reused',
        });
        expect(await inbox(to)).toHaveLength(1);
      });
    });

    describe('resending', () => {
      const resend = (caller: Caller, id: string, body?: Body) =>
        caller.call('POST', `/v1/verifications/${id}/resend`, body);

      it('inside the cool-down is 429 with the time to wait', async () => {
        const { id } = await pair();
        const answer = await resend(test, id);
        expect(answer).toMatchObject({ status: 429, code: 'resend_cooldown', body: { verification_id: id } });
        const seconds = Number(answer.headers.get('retry-after'));
        expect(seconds).toBeGreaterThan(20);
        expect(seconds).toBeLessThanOrEqual(30);
        expect(answer.headers.get('ratelimit')).toMatch(/^"resend_cooldown";r=0;t=\d+$/);
        expect(Date.parse(String(answer.body['resend_available_at']))).toBeGreaterThan(Date.now());
      });

      it('is 202 after it, five sends in all, and still checkable then', async () => {
        const { id, code } = await pair({ code: { ttl_s: 3600 } });
        for (const at of [31, 92, 213, 454]) {
          expect(await resend(test.with({ 'test-clock': `+${at}s` }), id, {})).toMatchObject({ status: 202 });
        }
        const late = test.with({ 'test-clock': '+1500s' });
        expect(await resend(late, id)).toMatchObject({ status: 429, code: 'too_many_sends' });
        expect((await read(test, id))['sends']).toHaveLength(5);
        expect(await check(late, id, code)).toMatchObject({ body: { valid: true } });
        expect(await resend(test, id)).toMatchObject({ status: 409, code: 'verification_final' });
      });
    });

    it('canceling is 200, again too, and of an approved one 409', async () => {
      const cancel = (id: string) => test.call('POST', `/v1/verifications/${id}/cancel`);
      const { id } = await pair();
      expect(await cancel(id)).toMatchObject({ status: 200, body: { status: 'canceled', reason: 'canceled' } });
      expect(await cancel(id)).toMatchObject({ status: 200, body: { status: 'canceled' } });
      const approved = await pair();
      await check(test, approved.id, approved.code);
      expect(await cancel(approved.id)).toMatchObject({ status: 409, code: 'verification_final' });
    });

    describe('what it asks for wrongly', () => {
      it.each([
        [{ to: '+27111234567' }, 422, 'unsupported_line_type'],
        [{ to: '+19005551234' }, 422, 'unsupported_line_type'],
        [{ to: '+18005551234' }, 422, 'unsupported_line_type'],
        [{ to: '+1415555012' }, 422, 'invalid_destination'],
        [{ to: '0821234567' }, 422, 'invalid_destination'],
        [{ to: '+27821234567;ext=5' }, 422, 'invalid_destination'],
        [{ to: 'ada@example.com\r\nBcc: x@example.com' }, 422, 'invalid_destination'],
        [{ to: 'ada@localhost' }, 422, 'invalid_destination'],
        [{ to: '+27821234567', channel: 'email' }, 422, 'invalid_destination'],
        [{ to: ['+27821234567'] }, 422, 'validation_failed'],
        [{ to: 27821234567 }, 422, 'validation_failed'],
        [{ to: '+27821234567', channel: 'voice' }, 422, 'validation_failed'],
        [{ to: '+27821234567', colour: 'red' }, 422, 'validation_failed'],
        [{ to: '+27821234567', code: { length: 3 } }, 422, 'validation_failed'],
        [{ to: '+27821234567', code: { ttl_s: 30 } }, 422, 'validation_failed'],
        [{ to: '+27821234567', purpose: 'a|b' }, 422, 'validation_failed'],
        [{ to: '+27821234567', client: { ip: 'nowhere' } }, 422, 'validation_failed'],
        [{}, 422, 'validation_failed'],
        [{ channel: 'mobile' }, 422, 'validation_failed'],
        [{ to: '+27821234567', channel: 'sms', workflow: [{ channel: 'sms' }] }, 422, 'invalid_workflow'],
      ] as const)('%j is refused, and nothing is charged', async (body, status, code) => {
        const before = await balance();
        expect(await start(live, body)).toMatchObject({ status, code });
        expect(await balance()).toMatchObject({ balance: before['balance'], held: before['held'] });
      });
    });

    it.each([
      ['04', 403, 'verification_blocked'],
      ['06', 402, 'insufficient_credits'],
      ['07', 429, 'quota_exceeded'],
      ['12', 403, 'country_not_allowed'],
    ])('scenario %s of test mode answers %d %s', async (scenario, status, code) => {
      expect(await start(test, { to: aNumberFor(scenario) })).toMatchObject({ status, code });
      expect(await start(test, { to: `u${aNumber().slice(1)}+${scenario}@example.com` })).toMatchObject({
        status,
        code,
      });
    });

    it('what the fraud guard blocks can be read, and is not billed', async () => {
      const answer = await start(test, { to: aNumberFor('04') });
      expect(answer.body['reasons']).toEqual(['test_scenario']);
      expect(await read(test, String(answer.body['verification_id']))).toMatchObject({
        status: 'blocked',
        reason: 'blocked',
      });
    });

    const settled = async (caller: Caller, id: string, done: (body: Body) => boolean): Promise<Body> => {
      for (let tries = 0; tries < 300; tries += 1) {
        const body = await read(caller, id);
        if (done(body)) return body;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`verification ${id} did not get there: ${JSON.stringify(await read(caller, id))}`);
    };
    const stateOf = (body: Body): unknown => (body['sends'] as Body[])[0]?.['state'];

    it.each([
      ['00', 'delivered', 'pending'],
      ['01', 'accepted', 'pending'],
      ['02', 'delivered', 'pending'],
      ['03', 'failed', 'undeliverable'],
      ['09', 'delivered', 'pending'],
      ['10', 'delivered', 'pending'],
      ['11', 'unknown', 'pending'],
    ])('scenario %s ends with a message that is %s', async (scenario, state, status) => {
      const { id } = await begin(test, { to: aNumberFor(scenario) });
      expect(await settled(test, id, (body) => stateOf(body) === state)).toMatchObject({ status });
    });

    it('scenario 05 goes on and keeps what the guard would have done; 08 is over after a second', async () => {
      const shadow = await begin(test, { to: aNumberFor('05') });
      const timeline = (await read(test, shadow.id))['timeline'] as Body[];
      expect(timeline).toContainEqual(expect.objectContaining({ kind: 'guard', outcome: 'would_block' }));
      const short = await pair({ to: aNumberFor('08') });
      const later = test.with({ 'test-clock': '+1s' });
      expect(await check(later, short.id, short.code)).toMatchObject({ body: { valid: false, reason: 'expired' } });
    });

    it('a fallback follows when no provider takes the first step, with the same code', async () => {
      const mailbox = `u${aNumber().slice(1)}@example.com`;
      const workflow = [
        { channel: 'sms', to: aNumberFor('03') },
        { channel: 'email', to: mailbox },
      ];
      const started = await start(test, { channel: 'auto', workflow });
      expect(started.status).toBe(201);
      const { id } = started.body as { id: string };
      // The mailbox has no scenario of its own: the verification's is that of its destination.
      const detail = await settled(test, id, (body) => (body['sends'] as Body[]).length === 2);
      const sends = (detail['timeline'] as Body[]).filter((entry) => entry['kind'] === 'send');
      expect(sends.map((entry) => [entry['channel'], entry['trigger']])).toEqual([
        ['sms', 'start'],
        ['email', 'fallback'],
      ]);
      const codes = (await test.done('GET', `/v1/test/messages?verification_id=${id}`))['data'] as Body[];
      expect(new Set(codes.map((message) => message['code'])).size).toBe(1);
      expect(codes).toHaveLength(2);
    });

    it('a live test number has its fixed code, is sent nothing, costs nothing and is in the audit log', async () => {
      const to = aNumber();
      const numbers = `/v1/applications/${demo.credentials.application_id}/test-numbers`;
      const endsAt = new Date(Date.now() + 86_400_000).toISOString();
      await demo.admin.done('POST', numbers, { to, code: '42424242', ends_at: endsAt });
      const before = Number((await balance())['balance']);
      const begun = await begin(live, { to });
      expect(await read(live, begun.id)).toMatchObject({ test: false, sends: [], credits: { charged: 0, held: 0 } });
      expect(await check(live, begun.id, '00000000')).toMatchObject({ body: { valid: false, reason: 'wrong_code' } });
      expect(await check(live, begun.id, '42424242')).toMatchObject({ body: { valid: true } });
      expect(await balance()).toMatchObject({ balance: before });
      const { data } = await demo.admin.done('GET', '/v1/audit?action=verification.test_number_used');
      expect(JSON.stringify(data)).toContain(begun.id);
    });

    it('a test clock needs a test key and goes forward only', async () => {
      const { id } = await pair();
      const at = (clock: string, caller = test) =>
        caller.with({ 'test-clock': clock }).call('GET', `/v1/verifications/${id}`);
      for (const clock of ['-5s', '601', '+0s', '+86401s', 'tomorrow']) {
        expect(await at(clock)).toMatchObject({ status: 422, code: 'invalid_test_clock' });
      }
      expect(await at('+10s', live)).toMatchObject({ status: 422, code: 'invalid_test_clock' });
    });

    it('a live verification is charged for exactly what it did', async () => {
      const before = Number((await balance())['balance']);
      const { id } = await begin(live);
      expect(await read(live, id)).toMatchObject({ credits: { charged: 5000, held: 1000 }, test: false });
      expect(await balance()).toMatchObject({ balance: before - 5000 });
      await settled(live, id, (body) => stateOf(body) === 'delivered');
      expect(await check(live, id, '000000')).toMatchObject({ status: 200 });
      expect(await check(live, id, '000000')).toMatchObject({ status: 200 });
      const detail = await read(live, id);
      expect(detail).toMatchObject({ credits: { charged: 6000, held: 0 } });
      expect(await balance()).toMatchObject({ balance: before - 6000 });
      const acts = (detail['timeline'] as Body[]).flatMap((entry) =>
        entry['kind'] === 'credits' ? [entry['act']] : [],
      );
      expect(acts).toEqual(['hold', 'charge', 'capture']);
    });

    it('lists its verifications, page by page, and finds one by its destination', async () => {
      const { id, to } = await pair();
      const found = await test.done('GET', `/v1/verifications?to=${encodeURIComponent(to)}`);
      expect((found['data'] as Body[]).map((row) => row['id'])).toEqual([id]);
      const page = await test.done('GET', '/v1/verifications?limit=1');
      expect(page['data']).toHaveLength(1);
      const next = await test.done('GET', `/v1/verifications?limit=1&cursor=${String(page['next_cursor'])}`);
      expect((next['data'] as Body[])[0]?.['id']).not.toBe((page['data'] as Body[])[0]?.['id']);
      expect(await live.call('GET', '/v1/verifications?test=true')).toMatchObject({ status: 200, body: { data: [] } });
      expect(await live.call('GET', '/v1/test/messages')).toMatchObject({ status: 403, code: 'key_kind_not_allowed' });
    });

    it('no code is in any log of the server', async () => {
      const { id, code } = await pair({ code: { length: 10 } });
      await check(test, id, wrong(code));
      await check(test, id, code);
      expect(demo.server.output).not.toContain(code);
    });
  });
});
