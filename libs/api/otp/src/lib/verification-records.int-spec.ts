import { randomBytes } from 'node:crypto';
import { ApplicationDirectory, type ApplicationFacts } from '@tollgate/api/applications';
import { SearchSources } from '@tollgate/api/database';
import { DomainError, newId } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { StartBody } from '@tollgate/contracts';
import {
  aClient,
  aNumber,
  balanceOf,
  bootOtp,
  keyOf,
  ledgerFindings,
  patiently,
  person,
  type OtpSlice,
} from '../testing';
import { CancelVerification } from './cancel-verification';
import { CheckVerification } from './check-verification';
import { ForgetDestinations } from './forget-destinations';
import { ListVerifications } from './list-verifications';
import { RawUsage } from './persistence/raw-usage';
import { ReadVerification } from './read-verification';
import { RevealDestination } from './reveal-destination';
import { StartVerification } from './start-verification';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));
const DAY = 86_400_000;

onBothEngines((engine) => {
  let slice: OtpSlice;
  const others: OtpSlice[] = [];

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
  });

  /** Another process, or another installation, for one spec. The last one made is closed first. */
  const boot = async (options: Parameters<typeof bootOtp>[1]) => {
    const other = await bootOtp(engine, options);
    others.unshift(other);
    return other;
  };

  const begin = async (application: ApplicationFacts, body: StartBody = {}, test = false, on = slice) =>
    (await on.get(StartVerification).execute({ to: aNumber(), ...body }, keyOf(application, test))).view;
  const check = (id: string, code: string, application: ApplicationFacts, on = slice) =>
    on.get(CheckVerification).execute(id, code, keyOf(application));
  const code = async (id: string) => (await slice.messages.codeFor(id)) ?? '';

  describe('lists', () => {
    const list = (query: Parameters<ListVerifications['execute']>[0], principal: ReturnType<typeof keyOf>) =>
      slice.get(ListVerifications).execute(query, principal);

    it('filter by what is asked, newest first, page by page', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const first = await begin(application, { to, purpose: 'payment' });
      slice.clock.advance(1_000);
      const from = new Date(slice.clock.now()).toISOString();
      const second = await begin(application, { to: 'ada@example.com' });
      slice.clock.advance(1_000);
      const third = await begin(application, { to: '+14155550123' });
      await slice.get(CancelVerification).execute(third.id, keyOf(application));
      const ids = async (query: Parameters<typeof list>[0]) =>
        (await list(query, keyOf(application))).data.map((row) => row.id);
      expect(await ids({})).toEqual([third.id, second.id, first.id]);
      expect(await ids({ sort: 'created_at' })).toEqual([first.id, second.id, third.id]);
      expect(await ids({ status: 'canceled' })).toEqual([third.id]);
      expect(await ids({ channel: 'email' })).toEqual([second.id]);
      expect(await ids({ country: 'ZA' })).toEqual([first.id]);
      expect(await ids({ purpose: 'payment' })).toEqual([first.id]);
      expect(await ids({ to })).toEqual([first.id]);
      expect(await ids({ q: second.id })).toEqual([second.id]);
      expect(await ids({ q: 'nonsense' })).toEqual([]);
      expect(await ids({ created_from: from })).toEqual([third.id, second.id]);
      expect(await ids({ created_before: from })).toEqual([first.id]);
      const page = await list({ limit: 2 }, keyOf(application));
      expect(page).toMatchObject({ total_estimate: 3 });
      const rest = await list({ limit: 2, cursor: page.next_cursor ?? '' }, keyOf(application));
      expect(rest).toMatchObject({ data: [{ id: first.id, sends: [{ state: 'queued' }] }], next_cursor: null });
    });

    it('show a key its application and its own kind, people their organization, and staff all', async () => {
      const application = await aClient(slice);
      const live = await begin(application);
      const test = await begin(application, {}, true);
      const other = await aClient(slice);
      const ids = async (query: Parameters<typeof list>[0], principal: ReturnType<typeof keyOf>) =>
        (await list(query, principal)).data.map((row) => row.id);
      expect(await ids({}, keyOf(application))).toEqual([live.id]);
      expect(await ids({}, keyOf(application, true))).toEqual([test.id]);
      expect(await ids({ test: 'true' }, keyOf(application))).toEqual([]);
      expect(await ids({ application_id: other.id }, keyOf(application))).toEqual([]);
      expect(await ids({}, person(application.organizationId))).toEqual([live.id]);
      expect(await ids({ test: 'true' }, person(application.organizationId))).toEqual([test.id]);
      expect(await ids({}, person(other.organizationId))).toEqual([]);
      expect(await ids({ application_id: application.id }, person(null))).toEqual([live.id]);
    });

    it('read one as expired as soon as its time is over', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, { code: { ttl_s: 60 } });
      slice.clock.advance(60_000);
      expect((await list({}, keyOf(application))).data).toMatchObject([{ id, status: 'expired', reason: 'expired' }]);
      expect((await list({ status: 'pending' }, keyOf(application))).data).toEqual([]);
    });
  });

  it('are found from everywhere by id and by the whole destination, inside the scope', async () => {
    const application = await aClient(slice);
    const to = aNumber();
    const { id } = await begin(application, { to });
    const [source] = slice
      .get(SearchSources)
      .all()
      .filter((each) => each.permission === 'verifications:read');
    const find = async (text: string, organizationId: string | null) =>
      (await source?.search(text, { organizationId }, 5))?.map((hit) => hit.id);
    expect(await find(id, application.organizationId)).toEqual([id]);
    expect(await find(to, application.organizationId)).toEqual([id]);
    expect(await find(to, null)).toEqual([id]);
    expect(await find(to, (await aClient(slice)).organizationId)).toEqual([]);
    expect(await find('anything else', null)).toEqual([]);
  });

  it('rotating the keys leaves pending codes valid, and new ones begin with the new key', async () => {
    const keys = (...names: string[]) => names.map((name) => `${name}:${MATERIAL[name] ?? ''}`).join(',');
    const MATERIAL: Record<string, string> = {
      k1: randomBytes(32).toString('base64'),
      k2: randomBytes(32).toString('base64'),
    };
    const before = await boot({ environment: { TOLLGATE_KEYS: keys('k1') } });
    const application = await aClient(before);
    const pending = await begin(application, {}, false, before);
    const typed = (await before.messages.codeFor(pending.id)) ?? '';
    const after = await boot({ beside: before, environment: { TOLLGATE_KEYS: keys('k2', 'k1') } });
    const fresh = await begin(application, {}, false, after);
    const rows = await after.database.query<{ id: string; kid: string }>(
      'SELECT id, code_key_id AS kid FROM verification',
    );
    expect(new Map(rows.map((row) => [row.id, row.kid]))).toEqual(
      new Map([
        [pending.id, 'k1'],
        [fresh.id, 'k2'],
      ]),
    );
    expect(await check(pending.id, typed, application, after)).toMatchObject({ valid: true });

    const lost = await begin(application, {}, false, before);
    const lostCode = (await before.messages.codeFor(lost.id)) ?? '';
    const without = await boot({ beside: before, environment: { TOLLGATE_KEYS: keys('k2') } });
    expect(await check(lost.id, lostCode, application, without)).toMatchObject({ valid: false, reason: 'wrong_code' });
  });

  it('two processes on one database evaluate max_checks guesses and accept one right code', async () => {
    const second = await boot({ beside: slice });
    const application = await aClient(slice);
    const guessed = await begin(application);
    const right = await begin(application);
    const rightCode = await code(right.id);
    const wrongCode = String((Number(await code(guessed.id)) + 1) % 1_000_000).padStart(6, '0');
    const both = (id: string, typed: string) =>
      Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          patiently(() => check(id, typed, application, i % 2 === 0 ? slice : second)),
        ),
      );
    const guesses = await both(guessed.id, wrongCode);
    expect(guesses.filter((result) => result.reason === 'wrong_code')).toHaveLength(4);
    expect((await both(right.id, rightCode)).filter((result) => result.valid)).toHaveLength(1);
    const to = aNumber();
    const starts = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        patiently(() => (i % 2 === 0 ? slice : second).get(StartVerification).execute({ to }, keyOf(application))),
      ),
    );
    expect(starts.filter((started) => started.created)).toHaveLength(1);
    expect(new Set(starts.map((started) => started.view.id)).size).toBe(1);
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('no code, destination or secret can be read in any table', async () => {
    const application = await aClient(slice);
    const to = aNumber();
    const mailbox = `canary.${to.slice(1)}@example.com`;
    const views = [
      await begin(application, { to, code: { length: 10 } }),
      await begin(application, { to: mailbox, code: { length: 10 } }),
      await begin(application, { code: { length: 10 } }, true),
      await begin(application, {
        channel: 'auto',
        to,
        purpose: 'payment',
        code: { length: 10 },
        workflow: [{ channel: 'sms' }, { channel: 'email', to: mailbox }],
      }),
    ];
    const codes = [];
    for (const view of views) codes.push(await code(view.id));
    await check(views[0]?.id ?? '', '0000000000', application);
    await check(views[0]?.id ?? '', codes[0] ?? '', application);
    await slice.runJobs();
    const dump = await dumpOf(slice);
    expect(dump.length).toBeGreaterThan(1000);
    for (const secret of [...codes, to, mailbox]) expect(dump).not.toContain(secret);
  });

  describe('destinations', () => {
    it('are revealed to who may see them, and the look is audited', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const { id } = await begin(application, { to });
      const reveal = (organizationId: string) => slice.get(RevealDestination).execute(id, person(organizationId));
      expect(await reveal(application.organizationId)).toEqual({ to });
      expect(await reveal((await aClient(slice)).organizationId).catch(codeOf)).toBe('verification_not_found');
      const events = await slice.database.query<{ action: string }>(
        'SELECT action FROM audit_event WHERE target_id = ?',
        [id],
      );
      expect(events).toEqual([{ action: 'destination.revealed' }]);
    });

    it('are removed when the organization keeps them no longer, and the rest stays readable', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const { id } = await begin(application, { to, client: { ip: '203.0.113.9', user_ref: 'u' } });
      const later = await begin(application);
      await slice.get(CancelVerification).execute(id, keyOf(application));
      const forget = async () => {
        while ((await slice.get(ForgetDestinations).execute()) > 0);
      };
      await forget();
      expect((await slice.get(ListVerifications).execute({ to }, keyOf(application))).data).toHaveLength(1);
      slice.clock.advance(91 * DAY);
      await slice.runSchedule('otp.expire');
      const recent = await begin(application);
      await forget();
      expect((await slice.get(ListVerifications).execute({ to }, keyOf(application))).data).toEqual([]);
      const view = await slice.get(ReadVerification).execute(id, keyOf(application));
      expect(view).toMatchObject({ status: 'canceled', to: `${to.slice(0, 5)}***${to.slice(-4)}`, user_ref: null });
      expect(view.timeline[0]).toMatchObject({ client_ip: null });
      expect(await slice.get(RevealDestination).execute(later.id, person(application.organizationId))).toEqual({
        to: null,
      });
      expect(await check(recent.id, await code(recent.id), application)).toMatchObject({ valid: true });
    });
  });

  describe('a live test number', () => {
    const withNumber = async (application: ApplicationFacts, to: string) => {
      const directory = slice.get(ApplicationDirectory);
      const number = { id: newId('tst'), to, code: '424242', endsAt: slice.clock.now() + DAY };
      directory.testNumber = (applicationId, asked, at) =>
        Promise.resolve(applicationId === application.id && asked === to && at < number.endsAt ? number : null);
    };

    it('has its fixed code, is sent nothing, costs nothing and is audited', async () => {
      const application = await aClient(slice, 0);
      const to = aNumber();
      await withNumber(application, to);
      const asked = slice.limits.asked.length;
      const view = await begin(application, { to });
      expect(view).toMatchObject({ test: false, sends: [], credits: { charged: 0, held: 0 } });
      expect(slice.messages.of(view.id)).toEqual([]);
      expect(slice.limits.asked.length).toBe(asked);
      expect(await check(view.id, '000000', application)).toMatchObject({ reason: 'wrong_code' });
      expect(await check(view.id, '424242', application)).toMatchObject({ valid: true });
      expect(await balanceOf(slice, application)).toEqual({ posted: 0, held: 0, available: 0 });
      const events = await slice.database.query<{ action: string }>(
        'SELECT action FROM audit_event WHERE target_id = ?',
        [view.id],
      );
      expect(events).toEqual([{ action: 'verification.test_number_used' }]);
    });

    it('of another application is an ordinary number', async () => {
      const to = aNumber();
      await withNumber(await aClient(slice), to);
      const application = await aClient(slice);
      const view = await begin(application, { to });
      expect(view.credits).toEqual({ charged: 5000, held: 1000 });
      expect(await check(view.id, '424242', application)).toMatchObject({ valid: false });
    });
  });

  it('usage counted as it happened is what the rows say', async () => {
    const application = await aClient(slice);
    const key = keyOf(application);
    const approved = await begin(application);
    await check(approved.id, await code(approved.id), application);
    const failed = await begin(application, { code: { max_checks: 1 } });
    const wrongCode = String((Number(await code(failed.id)) + 1) % 1_000_000).padStart(6, '0');
    await check(failed.id, wrongCode, application);
    await slice.get(CancelVerification).execute((await begin(application)).id, key);
    const lost = await begin(application);
    await slice.messages.report(slice.messages.of(lost.id)[0]?.id ?? '', 'failed', { at: slice.clock.now() });
    await begin(application, { code: { ttl_s: 60 } });
    slice.clock.advance(60_000);
    await slice.runSchedule('otp.expire');
    const names = [
      'started',
      'generated',
      'approved',
      'failed',
      'canceled',
      'undeliverable',
      'expired',
      'unused',
      'first_checks',
      'blocked',
    ];
    const [counted] = await slice.database.query<Record<string, number>>(
      `SELECT ${names.map((name) => `SUM(${name}) AS ${name}`).join(', ')} FROM usage_event WHERE application_id = ?`,
      [application.id],
    );
    const cohorts = await slice.get(RawUsage).cohorts(slice.clock.now() - DAY, slice.clock.now() + DAY);
    const [raw] = cohorts.filter((cohort) => cohort.applicationId === application.id);
    expect(Object.fromEntries(Object.entries(counted ?? {}).map(([name, n]) => [name, Number(n)]))).toEqual(
      raw?.counts,
    );
    expect(raw?.counts).toMatchObject({
      started: 5,
      approved: 1,
      failed: 1,
      canceled: 1,
      undeliverable: 1,
      expired: 1,
      unused: 2,
    });
  });
});

/** Every row of every table, as text. */
async function dumpOf(slice: OtpSlice): Promise<string> {
  const sql =
    slice.database.engine === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table'`
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
  const tables = await slice.database.query<{ name: string }>(sql);
  const parts = [];
  for (const { name } of tables)
    parts.push(JSON.stringify(await slice.database.query<object>(`SELECT * FROM ${name}`)));
  return parts.join('\n');
}
