import { OrganizationDirectory } from '@tollgate/api/organizations';
import { DomainError } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { ApplicationFacts } from '@tollgate/api/applications';
import type { StartBody } from '@tollgate/contracts';
import { aClient, aNumber, balanceOf, bootOtp, keyOf, ledgerFindings, type OtpSlice } from '../testing';
import { CheckVerification } from './check-verification';
import { ReadVerification } from './read-verification';
import { ResendVerification } from './resend-verification';
import { StartVerification } from './start-verification';
import { VerificationMessages } from './verification-messages';

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : String(error));

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
  const checked = async (id: string, application: ApplicationFacts) =>
    slice.get(CheckVerification).execute(id, (await slice.messages.codeFor(id)) ?? '', keyOf(application));
  const messageOf = (id: string, index = 0) => slice.messages.of(id)[index]?.id ?? '';

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

  it('a complaint after the delivery, and after the end, silences the mailbox and changes nothing else', async () => {
    const application = await aClient(slice);
    const { id } = await begin(application, { to: 'ada@example.com' });
    for (const state of ['accepted', 'delivered'] as const)
      await slice.messages.report(messageOf(id), state, { at: slice.clock.now() });
    expect(await checked(id, application)).toMatchObject({ valid: true });
    const before = await read(id, application);
    const count = slice.limits.suppressed.length;
    await slice.messages.complain(messageOf(id), slice.clock.now());
    expect(slice.limits.suppressed.slice(count)).toEqual([
      expect.objectContaining({
        organizationId: application.organizationId,
        channel: 'email',
        reason: 'opted_out',
        until: null,
      }),
    ]);
    expect(await read(id, application)).toEqual(before);
    expect(await ledgerFindings(slice)).toEqual([]);
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
});
