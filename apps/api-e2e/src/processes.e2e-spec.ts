import { jest } from '@jest/globals';
import { redisServerUrl } from '@tollgate/api/testing';
import { randomUUID } from 'node:crypto';
import { runCli } from './harness/cli';
import { Caller, startDemo, type Answer, type Demo } from './harness/demo';
import { startServer, type RunningServer } from './harness/server';

jest.setTimeout(300_000);

const count = (answers: readonly Answer[], status: number) => answers.filter((each) => each.status === status).length;

/** Storms on verifications and credits over two processes are in verification-storms.e2e-spec.ts. */
describe('two processes on one database and Redis', () => {
  let demo: Demo;
  let second: RunningServer;

  beforeAll(async () => {
    const environment = { REDIS_URL: redisServerUrl(), TOLLGATE_PROCESSES: '2' };
    demo = await startDemo({ engine: 'mysql', environment });
    second = await startServer({ beside: demo.server, environment: { ...environment, TOLLGATE_PROFILE: 'demo' } });
  });
  afterAll(async () => {
    await second.close();
    await demo.server.close();
  });

  /** Callers with this key at each of them. */
  const callersOf = (token: string): readonly [Caller, Caller] => {
    const headers = { authorization: `Bearer ${token}` };
    return [new Caller(demo.server, headers), new Caller(second, headers)];
  };
  /** So many calls at once, by turns at each; one that a busy process put off is made again. */
  const byTurns = (times: number, token: string, act: (caller: Caller, i: number) => Promise<Answer>) => {
    const callers = callersOf(token);
    const patiently = async (i: number): Promise<Answer> => {
      for (let tries = 1; ; tries += 1) {
        const answer = await act(callers[i % 2 === 0 ? 0 : 1], i);
        if (answer.status !== 503 || tries > 100) return answer;
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200));
      }
    };
    return Promise.all(Array.from({ length: times }, (_, i) => patiently(i)));
  };

  it('count one limit together', async () => {
    const answers = await byTurns(30, demo.credentials.test_key, (caller, i) =>
      caller.call('POST', '/v1/verifications', {
        to: `shared-${i}@limits.example`,
        channel: 'email',
        client: { user_ref: 'one and the same' },
      }),
    );
    expect([count(answers, 201), count(answers, 429)]).toEqual([10, 20]);
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused).toMatchObject({ code: 'quota_exceeded', body: { violated_policies: [{ name: 'user_ref' }] } });
  });

  it('refuse a key that was revoked at the other', async () => {
    const staff = demo.superAdmin.in(demo.credentials.organization_id);
    const path = `/v1/applications/${demo.credentials.application_id}/keys`;
    const made = await staff.done('POST', path, { kind: 'test', name: 'Shared', scopes: ['verifications:read'] });
    const [, there] = callersOf(String(made['token']));
    expect(await there.call('GET', '/v1/verifications')).toMatchObject({ status: 200 });
    const { id } = (made['key'] ?? made) as { id: string };
    await staff.done('POST', `/v1/keys/${id}/revoke`, {});
    let answer = await there.call('GET', '/v1/verifications');
    for (let tries = 0; answer.status === 200 && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      answer = await there.call('GET', '/v1/verifications');
    }
    expect(answer).toMatchObject({ status: 401 });
  });

  it('start once for one key of idempotency, whichever of them is asked', async () => {
    const before = await demo.admin.done('GET', '/v1/credits');
    const key = randomUUID();
    const answers = await byTurns(40, demo.credentials.live_key, (caller) =>
      caller
        .with({ 'idempotency-key': key })
        .call('POST', '/v1/verifications', { to: 'once@idempotency.example', channel: 'email' }),
    );
    for (const answer of answers) expect([201, 409]).toContain(answer.status);
    const started = answers.filter((answer) => answer.status === 201);
    expect(new Set(started.map((answer) => answer.body['id'])).size).toBe(1);
    const after = await demo.admin.done('GET', '/v1/credits');
    expect(Number(before['available']) - Number(after['available'])).toBe(2_000);
  });

  it('capture one check of a hundred at once, and keep their books and their audit log in order', async () => {
    const [here] = callersOf(demo.credentials.live_key);
    const started = await here.done('POST', '/v1/verifications', { to: 'check@books.example', channel: 'email' });
    const path = `/v1/verifications/${String(started['id'])}/check`;
    const answers = await byTurns(100, demo.credentials.live_key, (caller, i) =>
      caller.call('POST', path, { code: String(i).padStart(6, '0') }),
    );
    expect(count(answers, 200)).toBe(100);
    expect(answers.filter((answer) => answer.body['reason'] === 'wrong_code').length).toBeLessThanOrEqual(4);
    const read = await here.done('GET', `/v1/verifications/${String(started['id'])}`);
    expect(read['credits']).toMatchObject({ charged: 2_000, held: 0 });
    expect(await runCli(demo.server.storage, ['verify-ledger'])).toMatchObject({ status: 0 });
    expect(await runCli(demo.server.storage, ['verify-audit'])).toMatchObject({ status: 0 });
  });

  it('go on when the other is killed', async () => {
    await second.signal('SIGKILL');
    const [here] = callersOf(demo.credentials.test_key);
    const answer = await here.call('POST', '/v1/verifications', { to: 'alone@killed.example', channel: 'email' });
    expect(answer).toMatchObject({ status: 201 });
  });
});
