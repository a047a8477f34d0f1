import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { redisServerUrl } from '@tollgate/api/testing';
import { Caller, startDemo, type Answer, type Demo } from './harness/demo';
import { startServer, type RunningServer } from './harness/server';

// Thousands of calls on two cores that also run the servers and their database.
jest.setTimeout(300_000);

type Body = Readonly<Record<string, unknown>>;

const START_AND_CHECK = 6_000;

interface Installation {
  readonly name: string;
  readonly boot: () => Promise<{ readonly demo: Demo; readonly second: RunningServer | null }>;
}

const INSTALLATIONS: readonly Installation[] = [
  {
    name: 'one process on sqlite',
    boot: async () => ({ demo: await startDemo({ engine: 'sqlite' }), second: null }),
  },
  {
    name: 'two processes on mysql and redis',
    boot: async () => {
      const environment = { REDIS_URL: redisServerUrl(), TOLLGATE_PROCESSES: '2' };
      const demo = await startDemo({ engine: 'mysql', environment });
      const beside = { ...environment, TOLLGATE_PROFILE: 'demo' };
      return { demo, second: await startServer({ beside: demo.server, environment: beside }) };
    },
  },
];

describe.each(INSTALLATIONS)('a storm on $name', ({ boot }) => {
  let demo: Demo;
  let second: RunningServer | null = null;

  beforeAll(async () => {
    ({ demo, second } = await boot());
  });
  afterAll(async () => {
    await second?.close();
    await demo.server.close();
  });

  /** Callers with this key at every process. */
  const callersOf = (token: string): Caller[] => {
    const headers = { authorization: `Bearer ${token}` };
    return [demo.server, ...(second === null ? [] : [second])].map((server) => new Caller(server, headers));
  };

  /** Asks again while a process says that it is too busy just now, as a client does. */
  const patiently = async (act: () => Promise<Answer>): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await act();
      if (answer.status !== 503 || tries > 100) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200));
    }
  };

  /** So many calls at once, by turns at each process. */
  const atOnce = (count: number, callers: readonly Caller[], act: (caller: Caller, i: number) => Promise<Answer>) =>
    Promise.all(
      Array.from({ length: count }, (_, i) => {
        const caller = callers[i % callers.length] ?? demo.stranger;
        return patiently(() => act(caller, i));
      }),
    );

  const begun = async (to: string): Promise<{ id: string; code: string }> => {
    const test = demo.keyed(demo.credentials.test_key);
    const { id } = (await test.done('POST', '/v1/verifications', { to })) as { id: string };
    const inbox = await test.done('GET', `/v1/test/messages?to=${encodeURIComponent(to)}`);
    return { id, code: String((inbox['data'] as Body[])[0]?.['code']) };
  };
  const check = (caller: Caller, id: string, code: string): Promise<Answer> =>
    caller.call('POST', `/v1/verifications/${id}/check`, { code });

  it('of 1,000 guesses evaluates exactly max_checks', async () => {
    const { id, code } = await begun('+27841000020');
    const guess = (i: number): string => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0');
    const answers = await atOnce(1000, callersOf(demo.credentials.test_key), (caller, i) =>
      check(caller, id, guess(i)),
    );
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers.filter((answer) => answer.body['valid'] === true)).toEqual([]);
    expect(answers.filter((answer) => answer.body['reason'] === 'wrong_code')).toHaveLength(4);
    expect(answers.filter((answer) => answer.body['reason'] === 'too_many_checks')).toHaveLength(996);
  });

  it('of 1,000 right codes accepts exactly one', async () => {
    const { id, code } = await begun('+27841000021');
    const answers = await atOnce(1000, callersOf(demo.credentials.test_key), (caller) => check(caller, id, code));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers.filter((answer) => answer.body['valid'] === true)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body['reason'] === 'already_used')).toHaveLength(999);
  });

  it('of 500 starts on credits for 100 accepts exactly 100, and the ledger agrees', async () => {
    const organization = await demo.superAdmin.done('POST', '/v1/organizations', { name: `Storm ${randomUUID()}` });
    const staff = demo.superAdmin.in(String(organization['id']));
    const application = await staff.done('POST', '/v1/applications', { name: 'Storm', address_mode: 'any' });
    const scopes = ['verifications:read', 'verifications:write'];
    const keys = `/v1/applications/${String(application['id'])}/keys`;
    const { token } = await staff.done('POST', keys, { kind: 'live', name: 'Storm', scopes });
    await staff
      .with({ 'idempotency-key': randomUUID() })
      .done('POST', '/v1/credits/grants', { amount: 100 * START_AND_CHECK, reason: 'For a storm' });

    // Another number for each try: a start that met a busy process has used up some of its destination's allowance.
    let numbers = 0;
    const aNumber = (): string => `+27842${String(1_000_000 + (numbers += 1)).slice(-6)}`;
    const answers = await atOnce(500, callersOf(String(token)), (caller) =>
      caller.call('POST', '/v1/verifications', { to: aNumber() }),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(100);
    expect(statuses.filter((status) => status === 402)).toHaveLength(400);
    expect(await staff.done('GET', '/v1/credits')).toMatchObject({ balance: 100_000, held: 100_000, available: 0 });
  });

  it('of 100 starts for one destination creates one', async () => {
    const answers = await atOnce(100, callersOf(demo.credentials.test_key), (caller) =>
      caller.call('POST', '/v1/verifications', { to: '+27841000022' }),
    );
    const accepted = answers.filter((answer) => answer.status < 300);
    expect(accepted.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(new Set(accepted.map((answer) => answer.body['id'])).size).toBe(1);
  });
});
