import { DomainError, type Principal } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { StartBody } from '@tollgate/contracts';
import {
  aClient,
  aNumber,
  balanceOf,
  bootOtp,
  capDay,
  keyOf,
  ledgerFindings,
  patiently,
  type OtpSlice,
} from '../testing';
import { StartVerification } from './start-verification';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));

onBothEngines((engine) => {
  let slice: OtpSlice;

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());

  const start = (body: StartBody, caller: Principal) => slice.get(StartVerification).execute(body, caller);
  const refusal = (body: StartBody, caller: Principal) =>
    patiently(() => start(body, caller)).then(() => 'accepted', codeOf);
  const count = async (sql: string, ...values: string[]): Promise<number> => {
    const [row] = await slice.database.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, values);
    return Number(row?.n);
  };

  describe('starting a verification', () => {
    it('creates the row, queues one message, charges the start and the send and holds the check', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const { created, view } = await start({ to, channel: 'sms' }, keyOf(application));
      expect(created).toBe(true);
      expect(view).toMatchObject({
        status: 'pending',
        reason: null,
        channel: 'sms',
        to: `${to.slice(0, 5)}***${to.slice(-4)}`,
        purpose: 'sign_in',
        country: 'ZA',
        checks_remaining: 5,
        sends: [{ state: 'queued', channel: 'sms' }],
        credits: { charged: 5000, held: 1000 },
        test: false,
      });
      expect(slice.messages.of(view.id)).toMatchObject([{ to, channel: 'sms', country: 'ZA', test: false }]);
      expect(await balanceOf(slice, application)).toEqual({ posted: 995_000, held: 1000, available: 994_000 });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('of parallel starts for one destination creates one, and answers the others with it', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const asked = slice.limits.asked.length;
      const all = await Promise.all(
        Array.from({ length: 20 }, () => patiently(() => start({ to }, keyOf(application)))),
      );
      expect(all.filter((each) => each.created)).toHaveLength(1);
      expect(new Set(all.map((each) => each.view.id)).size).toBe(1);
      expect(all.some((each) => each.resent)).toBe(false);
      expect(slice.limits.asked.length - asked).toBe(1);
      expect(slice.messages.of(all[0]?.view.id ?? '')).toHaveLength(1);
      expect((await balanceOf(slice, application)).posted).toBe(995_000);
    });

    it('starts another one for another purpose, another application and the other kind of key', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const starts = [
        await start({ to }, keyOf(application)),
        await start({ to, purpose: 'payment' }, keyOf(application)),
        await start({ to }, keyOf(application, true)),
        await start({ to }, keyOf(await aClient(slice))),
      ];
      expect(starts.map((each) => each.created)).toEqual([true, true, true, true]);
    });

    it('inside the cool-down answers with the pending one, sends nothing and charges nothing', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const first = await start({ to }, keyOf(application));
      slice.clock.advance(29_999);
      const again = await start({ to }, keyOf(application));
      expect(again).toMatchObject({ created: false, resent: false, view: { id: first.view.id } });
      expect(slice.messages.of(first.view.id)).toHaveLength(1);
      expect((await balanceOf(slice, application)).posted).toBe(995_000);
    });

    it('after the cool-down sends the same verification again and charges the send', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const first = await start({ to }, keyOf(application));
      slice.clock.advance(30_000);
      const again = await start({ to }, keyOf(application));
      expect(again).toMatchObject({
        created: false,
        resent: true,
        view: { id: first.view.id, credits: { charged: 10_000, held: 1000 } },
      });
      expect(again.view.sends).toHaveLength(2);
      expect((await balanceOf(slice, application)).posted).toBe(990_000);
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('opens a new one when the time of the pending one is over, and lets go of what that held', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const first = await start({ to, code: { ttl_s: 60 } }, keyOf(application));
      slice.clock.advance(60_000);
      const next = await start({ to }, keyOf(application));
      expect(next.created).toBe(true);
      expect(next.view.id).not.toBe(first.view.id);
      expect(await balanceOf(slice, application)).toMatchObject({ held: 1000 });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('with too few credits creates nothing and says balance and need', async () => {
      const application = await aClient(slice, 5_999);
      const to = aNumber();
      const error: unknown = await start({ to }, keyOf(application)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'insufficient_credits',
        details: { extra: { balance: 5999, required: 6000 } },
      });
      expect(slice.limits.refused.at(-1)).toMatchObject({ code: 'insufficient_credits', attempt: { kind: 'start' } });
      expect(await count('verification WHERE application_id = ?', application.id)).toBe(0);
      expect(slice.messages.queued.filter((message) => message.to === to)).toEqual([]);
      expect(await count('usage_event WHERE application_id = ?', application.id)).toBe(0);
    });

    it('of 500 parallel starts on credits for 100 accepts exactly 100', async () => {
      const application = await aClient(slice, 600_000);
      const key = keyOf(application);
      const outcomes = await Promise.all(Array.from({ length: 500 }, () => refusal({ to: aNumber() }, key)));
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(100);
      expect(outcomes.filter((outcome) => outcome === 'insufficient_credits')).toHaveLength(400);
      expect(await count('verification WHERE application_id = ?', application.id)).toBe(100);
      expect(await balanceOf(slice, application)).toEqual({ posted: 100_000, held: 100_000, available: 0 });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('of 40 parallel starts under a daily cap for 7 accepts exactly 7, and goes on the next day', async () => {
      const application = await aClient(slice);
      await capDay(slice, application, 7 * 5_000 + 1_000);
      const key = keyOf(application);
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => refusal({ to: aNumber() }, key)));
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(7);
      expect(outcomes.filter((outcome) => outcome === 'spend_cap_reached')).toHaveLength(33);
      expect(await count('verification WHERE application_id = ?', application.id)).toBe(7);
      expect(await balanceOf(slice, application)).toMatchObject({ posted: 965_000, held: 7_000 });
      expect(slice.limits.refused.at(-1)).toMatchObject({ code: 'spend_cap_reached', attempt: { kind: 'start' } });
      slice.clock.advance(86_400_000);
      expect(await refusal({ to: aNumber() }, key)).toBe('accepted');
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('of parallel resends of many verifications sends no more than the daily cap allows', async () => {
      const application = await aClient(slice);
      await capDay(slice, application, 8 * 5_000 + 1_000);
      const key = keyOf(application);
      const numbers = Array.from({ length: 5 }, () => aNumber());
      for (const to of numbers) await start({ to }, key);
      slice.clock.advance(30_000);
      const outcomes = await Promise.all(numbers.map((to) => refusal({ to }, key)));
      expect(outcomes.toSorted()).toEqual([
        'accepted',
        'accepted',
        'accepted',
        'spend_cap_reached',
        'spend_cap_reached',
      ]);
      expect((await balanceOf(slice, application)).posted).toBe(960_000);
    });

    it('stores what the fraud guard blocks, free and final, and refuses with the reasons', async () => {
      const application = await aClient(slice);
      const reason = { rule: 'prefix_velocity', explanation: 'Many numbers in a row', observed: 50, allowed: 20 };
      slice.limits.decision = { outcome: 'block', reasons: [reason] };
      const error: unknown = await start({ to: aNumber() }, keyOf(application)).catch((thrown: unknown) => thrown);
      slice.limits.decision = { outcome: 'allow', reasons: [] };
      expect(error).toMatchObject({
        code: 'verification_blocked',
        details: { extra: { reasons: ['prefix_velocity'] } },
      });
      expect(
        await count(`verification WHERE status = 'blocked' AND held = 0 AND application_id = ?`, application.id),
      ).toBe(1);
      expect(await balanceOf(slice, application)).toEqual({ posted: 1_000_000, held: 0, available: 1_000_000 });
    });

    it('in record-only mode goes on and keeps what the guard would have done', async () => {
      const application = await aClient(slice);
      slice.limits.decision = { outcome: 'would_block', reasons: [] };
      const { view } = await start({ to: aNumber() }, keyOf(application));
      slice.limits.decision = { outcome: 'allow', reasons: [] };
      expect(view.status).toBe('pending');
    });

    it('when a limit refuses creates nothing and charges nothing', async () => {
      const application = await aClient(slice);
      slice.limits.refusal = () => new DomainError('quota_exceeded', { retryAfter: 412 });
      expect(await refusal({ to: aNumber() }, keyOf(application))).toBe('quota_exceeded');
      slice.limits.refusal = null;
      expect(await count('verification WHERE application_id = ?', application.id)).toBe(0);
      expect((await balanceOf(slice, application)).posted).toBe(1_000_000);
    });

    it.each([
      [{ to: '+27111234567' }, 'unsupported_line_type'],
      [{ to: '+19005551234' }, 'unsupported_line_type'],
      [{ to: '+1415555012' }, 'invalid_destination'],
      [{ to: '+27821234567;ext=1' }, 'invalid_destination'],
      [{ to: 'ada@example.com\r\nBcc: x@y.z' }, 'invalid_destination'],
      [{ to: '+27821234567', channel: 'email' }, 'invalid_destination'],
    ] satisfies [StartBody, string][])('refuses %j before anything is counted', async (body, code) => {
      const application = await aClient(slice);
      const asked = slice.limits.asked.length;
      expect(await refusal(body, keyOf(application))).toBe(code);
      expect(slice.limits.asked.length).toBe(asked);
    });

    it('asks limits with the folded form of a mailbox, and with what the client tells of its user', async () => {
      const application = await aClient(slice);
      const client = { ip: '203.0.113.9', user_ref: 'user_42', user_agent: 'x' };
      await start({ to: 'A.d.a+1@gmail.com', client }, keyOf(application));
      await start({ to: 'ada@googlemail.com' }, keyOf(application));
      const [first, second] = slice.limits.asked.slice(-2);
      expect(first?.destinationHash).toBe(second?.destinationHash);
      expect(first).toMatchObject({
        clientIp: '203.0.113.9',
        userRef: 'user_42',
        userAgent: 'x',
        cost: 2000,
        kind: 'start',
      });
    });
  });
});
