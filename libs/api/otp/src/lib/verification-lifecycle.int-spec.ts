import { DomainError } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { ApplicationFacts } from '@tollgate/api/applications';
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
import { ReadVerification } from './read-verification';
import { ResendVerification } from './resend-verification';
import { StartVerification } from './start-verification';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));
const SWEEP = 'otp.expire';

onBothEngines((engine) => {
  let slice: OtpSlice;

  beforeAll(async () => {
    slice = await bootOtp(engine);
  });
  afterAll(() => slice.close());
  beforeEach(() => {
    slice.limits.refusal = null;
  });

  const begin = async (application: ApplicationFacts, body: StartBody = {}) => {
    const to = body.workflow === undefined ? { to: aNumber() } : {};
    return (await slice.get(StartVerification).execute({ ...to, ...body }, keyOf(application))).view;
  };
  const read = (id: string, application: ApplicationFacts) =>
    slice.get(ReadVerification).execute(id, keyOf(application));
  const resend = (id: string, application: ApplicationFacts, channel?: 'sms' | 'email') =>
    slice.get(ResendVerification).execute(id, channel, keyOf(application));
  const cancel = (id: string, application: ApplicationFacts) =>
    slice.get(CancelVerification).execute(id, keyOf(application));
  const checked = async (id: string, application: ApplicationFacts) =>
    slice.get(CheckVerification).execute(id, (await slice.messages.codeFor(id)) ?? '', keyOf(application));

  describe('resending', () => {
    it('inside the cool-down is refused with the time that is left, and sends and charges nothing', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      slice.clock.advance(12_000);
      const error: unknown = await resend(id, application).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'resend_cooldown',
        details: { retryAfter: 18, extra: { resend_available_at: new Date(slice.clock.now() + 18_000).toISOString() } },
      });
      expect(slice.messages.of(id)).toHaveLength(1);
      expect((await balanceOf(slice, application)).posted).toBe(995_000);
    });

    it('sends the same code, charges each send, doubles the pause, and ends after five', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, { code: { ttl_s: 3600 } });
      const code = await slice.messages.codeFor(id);
      const available: (string | null)[] = [];
      for (const pause of [30_000, 60_000, 120_000, 240_000]) {
        slice.clock.advance(pause);
        available.push((await resend(id, application)).resend_available_at);
      }
      expect(available.map((at) => at !== null)).toEqual([true, true, true, false]);
      expect(slice.messages.of(id)).toHaveLength(5);
      slice.clock.advance(600_000);
      expect(await resend(id, application).catch(codeOf)).toBe('too_many_sends');
      expect(await slice.messages.codeFor(id)).toBe(code);
      expect((await balanceOf(slice, application)).posted).toBe(975_000);
      expect(await checked(id, application)).toMatchObject({ valid: true });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('of parallel ones after the cool-down sends once', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      slice.clock.advance(30_000);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => patiently(() => resend(id, application)).then(() => 'sent', codeOf)),
      );
      expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'resend_cooldown')).toHaveLength(19);
      expect((await balanceOf(slice, application)).posted).toBe(990_000);
    });

    it('without credits sends nothing and leaves the verification as it was', async () => {
      const application = await aClient(slice, 6_000);
      const { id } = await begin(application);
      slice.clock.advance(30_000);
      expect(await resend(id, application).catch(codeOf)).toBe('insufficient_credits');
      expect(await read(id, application)).toMatchObject({ credits: { charged: 5000, held: 1000 }, status: 'pending' });
      expect(await resend(id, application).catch(codeOf)).toBe('insufficient_credits');
      expect(await checked(id, application)).toMatchObject({ valid: true });
    });

    it('asks limits about a resend, and obeys', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      slice.clock.advance(30_000);
      slice.limits.refusal = (attempt) => (attempt.kind === 'resend' ? new DomainError('quota_exceeded') : null);
      expect(await resend(id, application).catch(codeOf)).toBe('quota_exceeded');
      expect(slice.messages.of(id)).toHaveLength(1);
    });

    it('of one that has ended is refused', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      await checked(id, application);
      expect(await resend(id, application).catch(codeOf)).toBe('verification_final');
    });

    it('by another channel needs a destination in the workflow', async () => {
      const application = await aClient(slice);
      const plain = await begin(application);
      const both = await begin(application, {
        channel: 'auto',
        workflow: [
          { channel: 'sms', to: aNumber(), timeout_s: 600 },
          { channel: 'email', to: 'ada@example.com' },
        ],
      });
      slice.clock.advance(30_000);
      expect(await resend(plain.id, application, 'email').catch(codeOf)).toBe('not_resendable');
      expect((await resend(both.id, application, 'email')).sends.map((send) => send.channel)).toEqual(['sms', 'email']);
      expect((await balanceOf(slice, application)).posted).toBe(1_000_000 - 5_000 - 5_000 - 1_000);
    });
  });

  describe('canceling', () => {
    it('ends it, releases what was held and keeps what was sent charged; again it answers the same', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      const first = await cancel(id, application);
      expect(first).toMatchObject({ status: 'canceled', reason: 'canceled', credits: { charged: 5000, held: 0 } });
      expect(await cancel(id, application)).toEqual(first);
      expect(await balanceOf(slice, application)).toEqual({ posted: 995_000, held: 0, available: 995_000 });
      expect(await slice.messages.codeFor(id)).toBeNull();
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('of one that was approved is refused', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      await checked(id, application);
      expect(await cancel(id, application).catch(codeOf)).toBe('verification_final');
    });

    it('makes room for a new start', async () => {
      const application = await aClient(slice);
      const to = aNumber();
      const { id } = await begin(application, { to });
      await cancel(id, application);
      expect((await begin(application, { to })).id).not.toBe(id);
    });
  });

  describe('the sweep', () => {
    it('expires what is over, releases all holds and writes down what was never tried', async () => {
      const application = await aClient(slice);
      const ids = [];
      for (let i = 0; i < 5; i += 1) ids.push((await begin(application, { code: { ttl_s: 60 } })).id);
      const later = await begin(application);
      await slice.get(CheckVerification).execute(ids[0] ?? '', '000000', keyOf(application));
      slice.clock.advance(60_000);
      await Promise.all([slice.runSchedule(SWEEP), slice.runSchedule(SWEEP)]);
      for (const id of ids)
        expect(await read(id, application)).toMatchObject({ status: 'expired', credits: { held: 0 } });
      expect(await read(later.id, application)).toMatchObject({ status: 'pending', credits: { held: 1000 } });
      expect((await balanceOf(slice, application)).held).toBe(1000);
      const [usage] = await slice.database.query<{ expired: number; unused: number }>(
        'SELECT SUM(expired) AS expired, SUM(unused) AS unused FROM usage_event WHERE application_id = ?',
        [application.id],
      );
      expect([Number(usage?.expired), Number(usage?.unused)]).toEqual([5, 4]);
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('handles more than one chunk', async () => {
      const application = await aClient(slice, 10_000_000);
      await Promise.all(
        Array.from({ length: 450 }, () => patiently(() => begin(application, { code: { ttl_s: 60 } }))),
      );
      slice.clock.advance(60_000);
      await slice.runSchedule(SWEEP);
      expect((await balanceOf(slice, application)).held).toBe(0);
      expect(await ledgerFindings(slice)).toEqual([]);
    });
  });

  it('why a resend or a check was refused is kept for staff', async () => {
    const application = await aClient(slice);
    const { id } = await begin(application);
    await resend(id, application).catch(codeOf);
    slice.limits.blockedUntil = Infinity;
    await checked(id, application).catch(codeOf);
    slice.limits.blockedUntil = null;
    expect(slice.limits.refused.slice(-2)).toMatchObject([
      { code: 'resend_cooldown', attempt: { kind: 'resend' }, retryAfter: 30 },
      { code: 'destination_locked', attempt: { kind: 'check' }, retryAfter: null },
    ]);
  });

  describe('the timeline', () => {
    it('tells request, guard decision, send, check, credits and end in their order', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, { client: { ip: '203.0.113.9', user_ref: 'user_42' } });
      slice.clock.advance(5_000);
      await checked(id, application);
      const { timeline } = await read(id, application);
      expect(timeline.map((entry) => (entry.kind === 'credits' ? entry.act : entry.kind))).toEqual([
        'requested',
        'guard',
        'hold',
        'send',
        'charge',
        'check',
        'capture',
        'ended',
      ]);
      expect(timeline[0]).toMatchObject({ client_ip: '203.0.113.9', user_ref: 'user_42' });
      expect(timeline.at(-1)).toMatchObject({ status: 'approved', reason: null });
    });

    it('is read by people of the organization, by staff of the platform, and by nobody else', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      const readAs = (organizationId: string | null) => slice.get(ReadVerification).execute(id, person(organizationId));
      expect((await readAs(application.organizationId)).id).toBe(id);
      expect((await readAs(null)).id).toBe(id);
      expect(await readAs((await aClient(slice)).organizationId).catch(codeOf)).toBe('verification_not_found');
    });
  });
});
