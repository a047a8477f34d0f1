import { Totp } from '@tollgate/api/crypto';
import { DomainError } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { ApplicationFacts } from '@tollgate/api/applications';
import {
  aClient,
  atShiftedClock,
  balanceOf,
  bootOtp,
  keyOf,
  ledgerFindings,
  patiently,
  type OtpSlice,
} from '../../testing';
import { CheckVerification } from '../check-verification';
import { ReadVerification } from '../read-verification';
import { ResendVerification } from '../resend-verification';
import { StartVerification } from '../start-verification';
import { ActivateFactor } from './activate-factor';
import { CheckFactor, type FactorCheckBody } from './check-factor';
import { CreateRecoveryCodes } from './create-recovery-codes';
import { DeleteFactor } from './delete-factor';
import { EnrolFactor } from './enrol-factor';
import { ReadFactors } from './read-factors';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));
const STEP = 30_000;

onBothEngines((engine) => {
  let slice: OtpSlice;

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());

  const enrol = (application: ApplicationFacts, test = false) =>
    slice.get(EnrolFactor).execute({ user_ref: 'user_42', label: 'ada@example.com' }, keyOf(application, test));
  const codeNow = (secret: string, shift = 0) => Totp.tokenAt(secret, slice.clock.now() + shift);
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const active = async (application: ApplicationFacts, test = false) => {
    const { id, secret = '' } = await enrol(application, test);
    await slice.get(ActivateFactor).execute(id, codeNow(secret), keyOf(application, test));
    slice.clock.advance(STEP);
    return { id, secret };
  };
  const check = (id: string, body: FactorCheckBody, application: ApplicationFacts, test = false) =>
    slice.get(CheckFactor).execute(id, body, keyOf(application, test));

  describe('enrolling', () => {
    it('shows secret, address and QR code once, and keeps the secret sealed', async () => {
      const application = await aClient(slice);
      const enrolled = await enrol(application);
      expect(enrolled.secret).toMatch(/^[A-Z2-7]{32}$/);
      expect(enrolled.otpauth_uri).toContain(`issuer=${encodeURIComponent(application.name)}`);
      expect(enrolled.qr_svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
      const view = await slice.get(ReadFactors).one(enrolled.id, keyOf(application));
      expect(JSON.stringify(view)).not.toContain(enrolled.secret);
      const [row] = await slice.database.query<object>('SELECT * FROM factor WHERE id = ?', [enrolled.id]);
      expect(JSON.stringify(row)).not.toContain(enrolled.secret);
    });

    it('is active after its first code, which is used up by that', async () => {
      const application = await aClient(slice);
      const { id, secret = '' } = await enrol(application);
      const code = codeNow(secret);
      const activate = (typed: string) => slice.get(ActivateFactor).execute(id, typed, keyOf(application));
      expect(await check(id, { code }, application).catch(codeOf)).toBe('factor_state');
      expect(await activate(wrong(code))).toMatchObject({ valid: false, status: 'pending', reason: 'wrong_code' });
      expect(await activate(code)).toMatchObject({ valid: true, status: 'active', reason: null });
      expect(await activate(code).catch(codeOf)).toBe('factor_state');
      expect(await check(id, { code }, application)).toMatchObject({ valid: false, reason: 'already_used' });
    });

    it('belongs to its application and its kind of key', async () => {
      const application = await aClient(slice);
      const { id } = await enrol(application);
      const read = (key: ReturnType<typeof keyOf>) => slice.get(ReadFactors).one(id, key).catch(codeOf);
      expect(await read(keyOf(await aClient(slice)))).toBe('factor_not_found');
      expect(await read(keyOf(application, true))).toBe('factor_not_found');
      expect((await slice.get(ReadFactors).page({ user_ref: 'user_42' }, keyOf(application))).data).toHaveLength(1);
    });
  });

  describe('checking', () => {
    it('accepts a code with one step of drift either way, and no more', async () => {
      const application = await aClient(slice);
      for (const [shift, valid] of [
        [-2, false],
        [-1, true],
        [0, true],
        [1, true],
        [2, false],
      ] as const) {
        const { id, secret } = await active(application);
        slice.clock.advance(STEP * 4);
        const result = await check(id, { code: codeNow(secret, shift * STEP) }, application);
        expect([shift, result.valid]).toEqual([shift, valid]);
      }
    });

    it('of parallel equal codes accepts one, and then neither that nor an older one', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      slice.clock.advance(STEP * 2);
      const older = codeNow(secret, -STEP);
      const code = codeNow(secret);
      const results = await Promise.all([1, 2, 3, 4].map(() => check(id, { code }, application)));
      expect(results.filter((result) => result.valid)).toHaveLength(1);
      expect(results.filter((result) => result.reason === 'already_used')).toHaveLength(3);
      expect(await check(id, { code: older }, application)).toMatchObject({ valid: false, reason: 'already_used' });
    });

    it('costs the price of a check each time, right or wrong, and without credits is not looked at', async () => {
      const application = await aClient(slice, 2_000);
      const { id, secret } = await active(application);
      const code = codeNow(secret);
      await check(id, { code: wrong(code) }, application);
      await check(id, { code }, application);
      expect((await balanceOf(slice, application)).posted).toBe(0);
      slice.clock.advance(STEP);
      const next = codeNow(secret);
      expect(await check(id, { code: next }, application).catch(codeOf)).toBe('insufficient_credits');
      const [row] = await slice.database.query<{ last: number }>('SELECT last_step AS last FROM factor WHERE id = ?', [
        id,
      ]);
      expect(row?.last).toBe(Totp.stepAt(slice.clock.now()) - 1);
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('pauses after five wrong codes, longer each time, whatever the next code is', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const left = [];
      for (let i = 0; i < 5; i += 1)
        left.push((await check(id, { code: wrong(codeNow(secret)) }, application)).checks_remaining);
      expect(left).toEqual([4, 3, 2, 1, 0]);
      const error: unknown = await check(id, { code: codeNow(secret) }, application).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'factor_locked', details: { retryAfter: 30 } });
      slice.clock.advance(30_000);
      await check(id, { code: wrong(codeNow(secret)) }, application);
      expect(await check(id, { code: codeNow(secret) }, application).catch((thrown: unknown) => thrown)).toMatchObject({
        details: { retryAfter: 60 },
      });
      slice.clock.advance(60_000);
      expect(await check(id, { code: codeNow(secret) }, application)).toMatchObject({
        valid: true,
        checks_remaining: 5,
      });
    });

    it('of parallel wrong codes counts each, and evaluates no more than five', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const code = wrong(codeNow(secret));
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, () =>
          patiently(() => check(id, { code }, application)).then((result) => result.reason, codeOf),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'wrong_code')).toHaveLength(5);
      expect(outcomes.filter((outcome) => outcome === 'factor_locked')).toHaveLength(25);
      expect((await balanceOf(slice, application)).posted).toBe(995_000);
    });

    it.each([{ code: '12345' }, { code: '12345x' }, { code: '１２３４５６' }])('%j is no code', async (body) => {
      const application = await aClient(slice);
      const { id } = await active(application);
      expect(await check(id, body, application).catch(codeOf)).toBe('invalid_code_format');
    });

    it('takes exactly one of code and recovery code', async () => {
      const application = await aClient(slice);
      const { id } = await active(application);
      expect(await check(id, {}, application).catch(codeOf)).toBe('validation_failed');
      expect(await check(id, { code: '123456', recovery_code: 'x' }, application).catch(codeOf)).toBe(
        'validation_failed',
      );
    });

    it('with a test key costs nothing and follows the test clock', async () => {
      const application = await aClient(slice, 0);
      const { id, secret } = await active(application, true);
      const code = codeNow(secret, 600_000);
      expect(await check(id, { code }, application, true)).toMatchObject({ valid: false });
      const moved = await atShiftedClock(600_000, () => check(id, { code }, application, true));
      expect(moved).toMatchObject({ valid: true });
    });
  });

  describe('recovery codes', () => {
    it('are ten, work once each, whatever case and dashes, and end a pause', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const { codes } = await slice.get(CreateRecoveryCodes).execute(id, keyOf(application));
      expect(new Set(codes).size).toBe(10);
      for (let i = 0; i < 5; i += 1) await check(id, { code: wrong(codeNow(secret)) }, application);
      const typed = (codes[0] ?? '').toLowerCase().replace('-', ' ');
      const results = await Promise.all(
        [1, 2, 3].map(() => check(id, { recovery_code: typed }, application).then((result) => result.valid, codeOf)),
      );
      expect(results.filter((result) => result === true)).toHaveLength(1);
      expect(await check(id, { code: codeNow(secret) }, application)).toMatchObject({
        valid: true,
        recovery_codes_remaining: 9,
      });
    });

    it('made anew void the old ones', async () => {
      const application = await aClient(slice);
      const { id } = await active(application);
      const make = () => slice.get(CreateRecoveryCodes).execute(id, keyOf(application));
      const [old, fresh] = [await make(), await make()];
      expect(await check(id, { recovery_code: old.codes[0] }, application)).toMatchObject({
        valid: false,
        reason: 'wrong_code',
      });
      expect(await check(id, { recovery_code: fresh.codes[0] }, application)).toMatchObject({ valid: true });
    });

    it('are kept as hashes', async () => {
      const application = await aClient(slice);
      const { id } = await active(application);
      const { codes } = await slice.get(CreateRecoveryCodes).execute(id, keyOf(application));
      const dump = JSON.stringify(await slice.database.query<object>('SELECT * FROM factor_recovery_code'));
      for (const code of codes) expect(dump).not.toContain(code);
    });
  });

  describe('the channel mobile', () => {
    const begin = async (application: ApplicationFacts, factorId: string) =>
      slice.get(StartVerification).execute({ channel: 'mobile', factor_id: factorId }, keyOf(application));
    const checkIt = (id: string, code: string, application: ApplicationFacts) =>
      slice.get(CheckVerification).execute(id, code, keyOf(application));

    it('is a verification by the authenticator: nothing is sent, the check is held and charged', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const { created, view } = await begin(application, id);
      expect(created).toBe(true);
      expect(view).toMatchObject({
        channel: 'mobile',
        to: null,
        factor_id: id,
        code_length: 6,
        sends: [],
        resend_available_at: null,
        credits: { charged: 0, held: 1000 },
      });
      expect(slice.messages.of(view.id)).toEqual([]);
      expect(await checkIt(view.id, codeNow(secret), application)).toMatchObject({ valid: true, status: 'approved' });
      expect(await balanceOf(slice, application)).toMatchObject({ posted: 999_000, held: 0 });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('a code that was used elsewhere is already used, and counts as a check', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const code = codeNow(secret);
      await check(id, { code }, application);
      const { view } = await begin(application, id);
      expect(await checkIt(view.id, code, application)).toEqual({
        id: view.id,
        valid: false,
        status: 'pending',
        reason: 'already_used',
        checks_remaining: 4,
      });
    });

    it('of parallel right codes on two verifications accepts one', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const start = (purpose: string) =>
        slice.get(StartVerification).execute({ channel: 'mobile', factor_id: id, purpose }, keyOf(application));
      const [one, two] = [await start('sign_in'), await start('payment')];
      const code = codeNow(secret);
      const results = await Promise.all(
        [one, two, one, two, one].map(({ view }) => checkIt(view.id, code, application)),
      );
      expect(results.filter((result) => result.valid)).toHaveLength(1);
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('a second start continues the pending one; a resend is refused', async () => {
      const application = await aClient(slice);
      const { id } = await active(application);
      const first = await begin(application, id);
      expect(await begin(application, id)).toMatchObject({
        created: false,
        resent: false,
        view: { id: first.view.id },
      });
      const resend = slice.get(ResendVerification).execute(first.view.id, undefined, keyOf(application));
      expect(await resend.catch(codeOf)).toBe('not_resendable');
    });

    it('an ended verification uses up no code of the app', async () => {
      const application = await aClient(slice);
      const { id, secret } = await active(application);
      const { view } = await begin(application, id);
      slice.clock.advance(600_000);
      const code = codeNow(secret);
      expect(await checkIt(view.id, code, application)).toMatchObject({ valid: false, reason: 'expired' });
      expect(await check(id, { code }, application)).toMatchObject({ valid: true });
    });

    it('needs an active authenticator of the application', async () => {
      const application = await aClient(slice);
      const { id } = await enrol(application);
      expect(await begin(application, id).catch(codeOf)).toBe('factor_state');
      expect(await begin(await aClient(slice), id).catch(codeOf)).toBe('factor_not_found');
    });
  });

  it('deleting erases the secret and cancels what is pending with it', async () => {
    const application = await aClient(slice);
    const { id, secret } = await active(application);
    const { view } = await slice
      .get(StartVerification)
      .execute({ channel: 'mobile', factor_id: id }, keyOf(application));
    await slice.get(DeleteFactor).execute(id, keyOf(application));
    expect(await slice.get(ReadVerification).execute(view.id, keyOf(application))).toMatchObject({
      status: 'canceled',
      credits: { held: 0 },
    });
    expect(await check(id, { code: codeNow(secret) }, application).catch(codeOf)).toBe('factor_not_found');
    expect(await slice.get(DeleteFactor).execute(id, keyOf(application)).catch(codeOf)).toBe('factor_not_found');
    expect(await slice.get(ReadFactors).one(id, keyOf(application))).toMatchObject({ status: 'deleted' });
    const [row] = await slice.database.query<{ secret: unknown }>(
      'SELECT secret_sealed AS secret FROM factor WHERE id = ?',
      [id],
    );
    expect(row?.secret).toBeNull();
    expect(await ledgerFindings(slice)).toEqual([]);
  });
});
