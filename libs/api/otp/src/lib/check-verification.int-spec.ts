import { DomainError, newId } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { ApplicationFacts } from '@tollgate/api/applications';
import type { StartBody } from '@tollgate/contracts';
import {
  aClient,
  aNumber,
  atShiftedClock,
  balanceOf,
  bootOtp,
  keyOf,
  ledgerFindings,
  patiently,
  type OtpSlice,
} from '../testing';
import { CancelVerification } from './cancel-verification';
import { CheckVerification } from './check-verification';
import { CheckVerificationByTo } from './check-verification-by-to';
import { StartVerification } from './start-verification';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));
const wrong = (code: string): string => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

onBothEngines((engine) => {
  let slice: OtpSlice;

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());

  const begin = async (application: ApplicationFacts, body: StartBody = {}, test = false) => {
    const { view } = await slice.get(StartVerification).execute({ to: aNumber(), ...body }, keyOf(application, test));
    const code = await slice.messages.codeFor(view.id);
    return { id: view.id, code: code ?? '' };
  };
  const check = (id: string, code: string, application: ApplicationFacts, test = false) =>
    slice.get(CheckVerification).execute(id, code, keyOf(application, test));
  const rows = (table: string, id: string) =>
    slice.database.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE verification_id = ?`, [id]);

  it('a right code is valid, approves and is paid from what was held', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    expect(await check(id, code, application)).toEqual({
      id,
      valid: true,
      status: 'approved',
      reason: null,
      checks_remaining: 4,
    });
    expect(await balanceOf(slice, application)).toEqual({ posted: 994_000, held: 0, available: 994_000 });
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('wrong codes count down, the last one fails it, and then also the right one is refused', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application, { code: { max_checks: 3 } });
    const results = [];
    for (const typed of [wrong(code), wrong(code), wrong(code), code])
      results.push(await check(id, typed, application));
    expect(results).toEqual([
      { id, valid: false, status: 'pending', reason: 'wrong_code', checks_remaining: 2 },
      { id, valid: false, status: 'pending', reason: 'wrong_code', checks_remaining: 1 },
      { id, valid: false, status: 'failed', reason: 'too_many_checks', checks_remaining: 0 },
      { id, valid: false, status: 'failed', reason: 'too_many_checks', checks_remaining: 0 },
    ]);
    expect(await balanceOf(slice, application)).toMatchObject({ posted: 994_000, held: 0 });
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('the check is charged once, by the first one, however many follow', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    await check(id, wrong(code), application);
    expect(await balanceOf(slice, application)).toEqual({ posted: 994_000, held: 0, available: 994_000 });
    await check(id, wrong(code), application);
    await check(id, code, application);
    expect(await balanceOf(slice, application)).toEqual({ posted: 994_000, held: 0, available: 994_000 });
  });

  it('a check goes through when the credits are gone by then', async () => {
    const application = await aClient(slice, 6_000);
    const { id, code } = await begin(application);
    expect((await balanceOf(slice, application)).available).toBe(0);
    expect(await check(id, code, application)).toMatchObject({ valid: true });
    expect(await balanceOf(slice, application)).toEqual({ posted: 0, held: 0, available: 0 });
  });

  it('the right code a second time is already used, and not charged again', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    await check(id, code, application);
    expect(await check(id, code, application)).toMatchObject({
      valid: false,
      reason: 'already_used',
      status: 'approved',
    });
    expect((await balanceOf(slice, application)).posted).toBe(994_000);
  });

  it('on an expired one says so, counts nothing and charges nothing', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application, { code: { ttl_s: 60 } });
    slice.clock.advance(60_000);
    expect(await check(id, code, application)).toEqual({
      id,
      valid: false,
      status: 'expired',
      reason: 'expired',
      checks_remaining: 5,
    });
    expect(await balanceOf(slice, application)).toEqual({ posted: 995_000, held: 0, available: 995_000 });
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('on a canceled one says so, counts nothing and charges nothing', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    await slice.get(CancelVerification).execute(id, keyOf(application));
    expect(await check(id, code, application)).toMatchObject({ valid: false, status: 'canceled', reason: 'canceled' });
    expect(await balanceOf(slice, application)).toEqual({ posted: 995_000, held: 0, available: 995_000 });
  });

  it.each(['12345', '1234567', '12345a', '１２３４５６', ' 12345', ''])(
    '%j is no code and spends no check',
    async (typed) => {
      const application = await aClient(slice);
      const { id, code } = await begin(application);
      expect(await check(id, typed, application).catch(codeOf)).toBe('invalid_code_format');
      expect(await rows('verification_check', id)).toEqual([]);
      expect(await check(id, code, application)).toMatchObject({ valid: true, checks_remaining: 4 });
    },
  );

  it('an unknown one, another application’s and the other kind of key’s read alike', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    const stranger = await aClient(slice);
    const answers = [
      await check(newId('vrf'), code, application).catch((error: unknown) => error),
      await check(id, code, stranger).catch((error: unknown) => error),
      await check(id, code, application, true).catch((error: unknown) => error),
    ] as DomainError[];
    expect(answers.map((error) => [error.code, error.message, error.details])).toEqual(
      Array.from({ length: 3 }, () => ['verification_not_found', answers[0]?.message, {}]),
    );
    expect(await check(id, code, application)).toMatchObject({ valid: true });
  });

  it('the code of another verification, application or purpose is wrong', async () => {
    const application = await aClient(slice);
    const to = aNumber();
    const mine = await begin(application, { to, code: { length: 10 } });
    const others = [
      await begin(application, { to, purpose: 'payment', code: { length: 10 } }),
      await begin(application, { code: { length: 10 } }),
      await begin(await aClient(slice), { to, code: { length: 10 } }),
      await begin(application, { to, code: { length: 10 } }, true),
    ];
    for (const other of others)
      expect(await check(mine.id, other.code, application)).toMatchObject({ reason: 'wrong_code' });
  });

  it('of 1,000 simultaneous guesses evaluates exactly max_checks', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    const guesses = Array.from({ length: 1000 }, (_, i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0'));
    const results = await Promise.all(guesses.map((guess) => patiently(() => check(id, guess, application))));
    expect(results.filter((result) => result.valid)).toEqual([]);
    expect(results.filter((result) => result.reason === 'wrong_code')).toHaveLength(4);
    expect(results.filter((result) => result.reason === 'too_many_checks')).toHaveLength(996);
    const checks = await rows('verification_check', id);
    expect(checks.filter((row) => Number(row['counted']) === 1)).toHaveLength(5);
    expect(await balanceOf(slice, application)).toEqual({ posted: 994_000, held: 0, available: 994_000 });
    expect(await check(id, code, application)).toMatchObject({ valid: false, reason: 'too_many_checks' });
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('of 1,000 simultaneous right codes accepts exactly one', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    const results = await Promise.all(
      Array.from({ length: 1000 }, () => patiently(() => check(id, code, application))),
    );
    expect(results.filter((result) => result.valid)).toHaveLength(1);
    expect(results.filter((result) => result.reason === 'already_used')).toHaveLength(999);
    expect(await balanceOf(slice, application)).toEqual({ posted: 994_000, held: 0, available: 994_000 });
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  it('of a right code and a cancel at one instant one wins, and the hold is settled once', async () => {
    const application = await aClient(slice);
    for (let round = 0; round < 20; round += 1) {
      const { id, code } = await begin(application);
      const [result, canceled] = await Promise.all([
        check(id, code, application),
        slice
          .get(CancelVerification)
          .execute(id, keyOf(application))
          .then((view) => view.status, codeOf),
      ]);
      expect([result.valid, canceled]).toEqual(result.valid ? [true, 'verification_final'] : [false, 'canceled']);
    }
    expect((await balanceOf(slice, application)).held).toBe(0);
    expect(await ledgerFindings(slice)).toEqual([]);
  });

  describe('by destination', () => {
    const byTo = (to: string, code: string, application: ApplicationFacts, purpose?: string) =>
      slice.get(CheckVerificationByTo).execute({ to, code, purpose }, keyOf(application));

    it('finds the pending one of the destination and purpose', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const { id, code } = await begin(application, { to, purpose: 'payment' });
      expect(await byTo(to, code, application)).toMatchObject({ valid: false, reason: 'expired_or_not_found' });
      expect(await byTo(to, code, application, 'payment')).toMatchObject({ id, valid: true });
    });

    it('an unknown, an ended and an expired one read alike', async () => {
      const application = await aClient(slice);
      const nothing = { id: null, valid: false, status: null, reason: 'expired_or_not_found', checks_remaining: 0 };
      const [unknown, ended, expired] = [aNumber(), aNumber(), aNumber()];
      await begin(application, { to: expired, code: { ttl_s: 60 } });
      slice.clock.advance(60_000);
      const { id, code } = await begin(application, { to: ended });
      await check(id, code, application);
      for (const to of [unknown, ended, expired]) expect(await byTo(to, '123456', application)).toEqual(nothing);
    });

    it('refuses what cannot be a code before it looks', async () => {
      const application = await aClient(slice);
      expect(await byTo(aNumber(), '12a456', application).catch(codeOf)).toBe('invalid_code_format');
    });
  });

  it('while the destination is locked for guessing nothing is evaluated, and sending still works', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    slice.limits.blockedUntil = slice.clock.recordedAt() + 90_000;
    const error: unknown = await check(id, code, application).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'destination_locked', details: { retryAfter: 90 } });
    expect((await begin(application)).id).toMatch(/^vrf_/);
    slice.limits.blockedUntil = Infinity;
    expect(await check(id, code, application).catch(codeOf)).toBe('destination_locked');
    slice.limits.blockedUntil = null;
    expect(await check(id, code, application)).toMatchObject({ valid: true, checks_remaining: 4 });
  });

  it('tells limits which verifications were approved', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application);
    const before = slice.limits.observed.length;
    await check(id, wrong(code), application);
    await check(id, code, application);
    expect(slice.limits.observed.slice(before)).toEqual(['approved']);
  });

  it('with a test clock what has expired stays expired', async () => {
    const application = await aClient(slice);
    const { id, code } = await begin(application, {}, true);
    const moved = await atShiftedClock(601_000, () => check(id, code, application, true));
    expect(moved).toMatchObject({ valid: false, reason: 'expired' });
    expect(await check(id, code, application, true)).toMatchObject({
      valid: false,
      status: 'expired',
      reason: 'expired',
    });
  });
});
