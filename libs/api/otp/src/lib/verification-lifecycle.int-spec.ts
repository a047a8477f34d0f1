import { OrganizationDirectory } from '@tollgate/api/organizations';
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
import { VerificationMessages } from './verification-messages';

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
  const messageOf = (id: string, index = 0) => slice.messages.of(id)[index]?.id ?? '';

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

  describe('what becomes of messages', () => {
    it('a message that no provider takes ends the verification, refunds the send and releases the check', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      await slice.messages.report(messageOf(id), 'failed', { at: slice.clock.now(), errorClass: 'permanent_config' });
      const view = await read(id, application);
      expect(view).toMatchObject({
        status: 'undeliverable',
        reason: 'undeliverable',
        credits: { charged: 0, held: 0 },
      });
      expect(view.timeline.map((entry) => (entry.kind === 'credits' ? entry.act : entry.kind))).toEqual([
        'requested',
        'guard',
        'hold',
        'send',
        'charge',
        'refund',
        'ended',
        'release',
      ]);
      expect(await balanceOf(slice, application)).toEqual({ posted: 1_000_000, held: 0, available: 1_000_000 });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('a repeated final report refunds once', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      const fail = () => slice.messages.report(messageOf(id), 'failed', { at: slice.clock.now() });
      await Promise.all([fail(), fail(), fail()]);
      expect((await balanceOf(slice, application)).posted).toBe(1_000_000);
      expect(await read(id, application)).toMatchObject({ credits: { charged: 0 } });
    });

    it('one of two sends that fails does not end it', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      slice.clock.advance(30_000);
      await resend(id, application);
      await slice.messages.report(messageOf(id, 0), 'failed', { at: slice.clock.now() });
      expect(await read(id, application)).toMatchObject({ status: 'pending', credits: { charged: 5000, held: 1000 } });
      expect(await checked(id, application)).toMatchObject({ valid: true });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('an outcome that stays unknown stays charged', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      await slice.messages.report(messageOf(id), 'unknown', { at: slice.clock.now() });
      expect(await read(id, application)).toMatchObject({ status: 'pending', credits: { charged: 5000 } });
    });

    it('undelivered after acceptance stays charged, unless the organization says otherwise', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      const report = (state: 'accepted' | 'undelivered', of: string) =>
        slice.messages.report(messageOf(of), state, { at: slice.clock.now() });
      await report('accepted', id);
      await report('undelivered', id);
      expect((await balanceOf(slice, application)).posted).toBe(995_000);

      const other = await begin(application);
      const directory = slice.get(OrganizationDirectory);
      const get = directory.get.bind(directory);
      directory.get = async (organizationId) => {
        const facts = await get(organizationId);
        return { ...facts, settings: { ...facts.settings, refundUndelivered: true } };
      };
      await report('accepted', other.id);
      await report('undelivered', other.id);
      await report('undelivered', other.id);
      directory.get = get;
      expect((await balanceOf(slice, application)).posted).toBe(995_000);
      expect(await read(other.id, application)).toMatchObject({ credits: { charged: 0 } });
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('late reports of an ended verification change its sends and nothing else', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      await checked(id, application);
      await slice.messages.report(messageOf(id), 'accepted', { at: slice.clock.now() });
      await slice.messages.report(messageOf(id), 'delivered', { at: slice.clock.now() });
      expect(await read(id, application)).toMatchObject({
        status: 'approved',
        sends: [{ state: 'delivered' }],
        credits: { charged: 6000, held: 0 },
      });
    });

    it('a destination that can never be reached is kept from being written to for a day', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application);
      const at = slice.clock.now();
      await slice.messages.report(messageOf(id), 'failed', { at, errorClass: 'permanent_destination' });
      expect(slice.limits.suppressed.at(-1)).toMatchObject({
        organizationId: application.organizationId,
        channel: 'sms',
        reason: 'permanent_failure',
        until: at + 86_400_000,
      });
    });
  });

  it('a destination that asked for silence is left alone until that is taken back', async () => {
    const application = await aClient(slice);
    const { id } = await begin(application);
    await slice.messages.report(messageOf(id), 'failed', { at: slice.clock.now(), optedOut: true });
    expect(slice.limits.suppressed.at(-1)).toMatchObject({ reason: 'opted_out', until: null });
  });

  it('staff send a message again by the same rules and at the same price', async () => {
    const application = await aClient(slice);
    const { id } = await begin(application);
    const message = { id: messageOf(id), channel: 'sms' as const };
    const again = () => slice.get(VerificationMessages).resend(id, message);
    expect(await again().catch(codeOf)).toBe('resend_cooldown');
    slice.clock.advance(30_000);
    expect(await again()).toEqual({ messageId: messageOf(id, 1) });
    expect((await balanceOf(slice, application)).posted).toBe(990_000);
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

  describe('fallbacks of a workflow', () => {
    const workflow = () =>
      ({
        channel: 'auto',
        workflow: [
          { channel: 'sms', to: aNumber(), timeout_s: 30 },
          { channel: 'email', to: 'ada@example.com', timeout_s: 30 },
          { channel: 'sms', to: aNumber() },
        ],
      }) satisfies StartBody;

    it('each step goes out when the one before had its time, with the same code, and is charged then', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, workflow());
      const code = await slice.messages.codeFor(id);
      await slice.runJobs();
      expect(slice.messages.of(id)).toHaveLength(1);
      slice.clock.advance(30_000);
      await slice.runJobs();
      expect(slice.messages.of(id).map((message) => message.channel)).toEqual(['sms', 'email']);
      expect(slice.messages.of(id)[1]?.to).toBe('ada@example.com');
      slice.clock.advance(30_000);
      await slice.runJobs();
      expect(slice.messages.of(id)).toHaveLength(3);
      expect(await slice.messages.codeFor(id)).toBe(code);
      const view = await read(id, application);
      expect(view.credits).toEqual({ charged: 11_000, held: 1000 });
      expect(view.timeline.flatMap((entry) => (entry.kind === 'send' ? [entry.trigger] : []))).toEqual([
        'start',
        'fallback',
        'fallback',
      ]);
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('nothing more goes out once it is approved', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, workflow());
      await checked(id, application);
      slice.clock.advance(60_000);
      await slice.runJobs();
      expect(slice.messages.of(id)).toHaveLength(1);
    });

    it('a step that cannot be paid is skipped with the reason, and the next one that can is sent', async () => {
      const application = await aClient(slice, 7_500);
      const { id } = await begin(application, {
        channel: 'auto',
        workflow: [
          { channel: 'sms', to: aNumber(), timeout_s: 30 },
          { channel: 'sms', to: aNumber() },
          { channel: 'email', to: 'ada@example.com' },
        ],
      });
      slice.clock.advance(30_000);
      await slice.runJobs();
      expect(slice.messages.of(id).map((message) => message.channel)).toEqual(['sms', 'email']);
      const view = await read(id, application);
      expect(view.timeline).toContainEqual(
        expect.objectContaining({ kind: 'step_skipped', channel: 'sms', code: 'insufficient_credits' }),
      );
      expect(await ledgerFindings(slice)).toEqual([]);
    });

    it('a step that limits refuse is skipped with the reason', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, workflow());
      slice.limits.refusal = (attempt) =>
        attempt.channel === 'email' ? new DomainError('destination_suppressed') : null;
      slice.clock.advance(30_000);
      await slice.runJobs();
      expect(slice.messages.of(id).map((message) => message.channel)).toEqual(['sms', 'sms']);
      expect((await read(id, application)).timeline).toContainEqual(
        expect.objectContaining({ kind: 'step_skipped', code: 'destination_suppressed' }),
      );
    });

    it('when no provider takes a step the next goes out at once, and the failed one is refunded', async () => {
      const application = await aClient(slice);
      const { id } = await begin(application, workflow());
      await slice.messages.report(messageOf(id), 'failed', { at: slice.clock.now() });
      await slice.runJobs();
      expect(slice.messages.of(id)).toHaveLength(2);
      expect(await read(id, application)).toMatchObject({ status: 'pending', credits: { charged: 1000, held: 1000 } });
      slice.clock.advance(30_000);
      await slice.runJobs();
      expect(slice.messages.of(id)).toHaveLength(3);
    });

    it('when every step has failed it is undeliverable and costs nothing', async () => {
      const application = await aClient(slice, 6_000);
      const { id } = await begin(application, {
        channel: 'auto',
        workflow: [
          { channel: 'sms', to: aNumber() },
          { channel: 'email', to: 'ada@example.com' },
        ],
      });
      slice.limits.refusal = () => new DomainError('quota_exceeded');
      await slice.messages.report(messageOf(id), 'failed', { at: slice.clock.now() });
      await slice.runJobs();
      expect(await read(id, application)).toMatchObject({ status: 'undeliverable', credits: { charged: 0, held: 0 } });
      expect((await balanceOf(slice, application)).available).toBe(6_000);
      expect(await ledgerFindings(slice)).toEqual([]);
    });
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
