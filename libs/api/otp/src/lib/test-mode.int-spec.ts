import { DomainError } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { ApplicationFacts } from '@tollgate/api/applications';
import type { StartBody } from '@tollgate/contracts';
import {
  aClient,
  aNumber,
  aNumberFor,
  atShiftedClock,
  balanceOf,
  bootOtp,
  keyOf,
  person,
  type OtpSlice,
} from '../testing';
import { CheckVerification } from './check-verification';
import { ListTestMessages } from './list-test-messages';
import { ReadVerification } from './read-verification';
import { ResendVerification } from './resend-verification';
import { StartVerification } from './start-verification';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));

onBothEngines((engine) => {
  let slice: OtpSlice;

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());

  const start = (application: ApplicationFacts, body: StartBody) =>
    slice.get(StartVerification).execute(body, keyOf(application, true));
  const check = (id: string, code: string, application: ApplicationFacts) =>
    slice.get(CheckVerification).execute(id, code, keyOf(application, true));
  const inbox = (application: ApplicationFacts, query: { to?: string; verification_id?: string } = {}) =>
    slice.get(ListTestMessages).execute(query, keyOf(application, true));

  it('a test key runs the whole engine without credits, and its inbox shows the code', async () => {
    const application = await aClient(slice, 0);
    const to = aNumber();
    const { view } = await start(application, { to });
    expect(view).toMatchObject({ test: true, credits: { charged: 0, held: 0 } });
    expect(slice.messages.of(view.id)).toMatchObject([{ test: true, scenario: null }]);
    const { data } = await inbox(application, { to });
    expect(data).toMatchObject([{ verification_id: view.id, channel: 'sms', to: view.to, state: 'queued' }]);
    expect(data[0]?.text).toBe(`Your code is ${data[0]?.code}`);
    expect(await check(view.id, data[0]?.code ?? '', application)).toMatchObject({ valid: true });
    expect(await balanceOf(slice, application)).toEqual({ posted: 0, held: 0, available: 0 });
  });

  it.each([
    ['04', 'verification_blocked'],
    ['06', 'insufficient_credits'],
    ['07', 'quota_exceeded'],
    ['12', 'country_not_allowed'],
  ])('scenario %s is refused as %s', async (scenario, code) => {
    const application = await aClient(slice, 0);
    expect(await start(application, { to: aNumberFor(scenario) }).catch(codeOf)).toBe(code);
    expect(await start(application, { to: `ada+${scenario}@example.com` }).catch(codeOf)).toBe(code);
  });

  it.each(['00', '01', '02', '03', '09', '10', '11'])('scenario %s is left to the delivery', async (scenario) => {
    const application = await aClient(slice, 0);
    const { view } = await start(application, { to: aNumberFor(scenario) });
    expect(slice.messages.of(view.id)).toMatchObject([{ scenario }]);
  });

  it('scenario 05 goes on and records what the guard would have done', async () => {
    const application = await aClient(slice, 0);
    const { view } = await start(application, { to: aNumberFor('05') });
    const { timeline } = await slice.get(ReadVerification).execute(view.id, keyOf(application, true));
    expect(timeline).toContainEqual(expect.objectContaining({ kind: 'guard', outcome: 'would_block' }));
  });

  it('scenario 08 expires after a second, with the code still in the inbox', async () => {
    const application = await aClient(slice, 0);
    const to = aNumberFor('08');
    const { view } = await start(application, { to });
    slice.clock.advance(1_000);
    const code = (await inbox(application, { to })).data[0]?.code ?? '';
    expect(await check(view.id, code, application)).toMatchObject({ valid: false, reason: 'expired' });
  });

  it('a live key knows no scenarios', async () => {
    const application = await aClient(slice);
    const { view } = await slice.get(StartVerification).execute({ to: aNumberFor('04') }, keyOf(application));
    expect(view.status).toBe('pending');
    expect(slice.messages.of(view.id)).toMatchObject([{ scenario: null, test: false }]);
  });

  it('a test clock moves resends on, and what it ends stays ended', async () => {
    const application = await aClient(slice, 0);
    const { view } = await start(application, { to: aNumber() });
    const resend = () => slice.get(ResendVerification).execute(view.id, undefined, keyOf(application, true));
    const read = () => slice.get(ReadVerification).execute(view.id, keyOf(application, true));
    expect(await resend().catch(codeOf)).toBe('resend_cooldown');
    expect((await atShiftedClock(30_000, resend)).sends).toHaveLength(2);
    expect((await atShiftedClock(601_000, read)).status).toBe('expired');
    expect((await read()).status).toBe('expired');
  });

  describe('the inbox', () => {
    it('shows every message, newest first, also those of a workflow by their own destination', async () => {
      const application = await aClient(slice, 0);
      const mailbox = `u${aNumber().slice(1)}@example.com`;
      const { view } = await start(application, {
        channel: 'auto',
        workflow: [
          { channel: 'sms', to: aNumber(), timeout_s: 10 },
          { channel: 'email', to: mailbox },
        ],
      });
      slice.clock.advance(10_000);
      await slice.runJobs();
      const all = await inbox(application, { verification_id: view.id });
      expect(all.data.map((message) => message.channel)).toEqual(['email', 'sms']);
      expect(all.data[0]?.code).toBe(all.data[1]?.code);
      expect((await inbox(application, { to: mailbox })).data).toHaveLength(1);
    });

    it('is closed to live keys, and to other applications and organizations', async () => {
      const application = await aClient(slice, 0);
      const to = aNumber();
      await start(application, { to });
      const listAs = (key: ReturnType<typeof keyOf>) => slice.get(ListTestMessages).execute({ to }, key);
      const other = await aClient(slice, 0);
      expect(await listAs(keyOf(application)).catch(codeOf)).toBe('key_kind_not_allowed');
      expect((await listAs(keyOf(other, true))).data).toEqual([]);
      expect((await listAs(person(other.organizationId))).data).toEqual([]);
      expect((await listAs(person(application.organizationId))).data).toHaveLength(1);
    });

    it('never shows a live message', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      await slice.get(StartVerification).execute({ to }, keyOf(application));
      expect((await inbox(application, { to })).data).toEqual([]);
      expect((await slice.get(ListTestMessages).execute({ to }, person(application.organizationId))).data).toEqual([]);
    });
  });
});
