import { MessageQueue } from '../../index';
import { onBothEngines } from '@tollgate/api/testing';
import { UnitOfWork } from '@tollgate/api/database';
import { FakeHttpProvider, FakeTwilio, messagingSlice, pointedAt, type MessagingSlice } from '../../testing/index';
import { EMBEDDED_OUTBOX_ID } from '../domain/embedded-outbox';
import { MessageAttempts } from '../persistence/message-attempts';
import { MessageOutbox } from '../persistence/message-outbox';
import { UpdateProvider } from '../provider-acts/update-provider';

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const other = new FakeHttpProvider();

  const message = async (id: string) => {
    const row = await slice.get(MessageOutbox).find(id);
    if (row === null) throw new Error('there is no such message');
    return row;
  };
  const attempts = async (id: string) =>
    (await slice.get(MessageAttempts).ofMessages([id])).map(({ provider, outcome, errorClass, errorCode }) => [
      provider,
      outcome,
      errorClass,
      errorCode,
    ]);

  beforeAll(async () => {
    await Promise.all([twilio.start(), other.start()]);
    slice = await messagingSlice(engine);
  });
  afterAll(async () => {
    await slice.close();
    await Promise.all([twilio.stop(), other.stop()]);
  });
  beforeEach(async () => {
    twilio.reset();
    other.reset();
    await slice.fresh();
  });

  describe('the way of a message', () => {
    it('goes to the outbox while nothing else is set up', async () => {
      const id = await slice.queue();
      expect(await message(id)).toMatchObject({ state: 'queued', provider: 'outbox', attempts: 0 });
      await slice.deliver();
      expect(await message(id)).toMatchObject({
        state: 'delivered',
        provider: 'outbox',
        providerId: EMBEDDED_OUTBOX_ID,
        segments: 1,
        dueAt: null,
        claim: null,
      });
      expect(slice.owner.events).toMatchObject([
        { messageId: id, state: 'delivered', provider: 'outbox', final: false },
      ]);
    });

    it('goes through the provider, with the code asked for at the last moment', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      slice.owner.code = '000000';
      const id = await slice.queue({ webDomain: 'acme.example' });
      slice.owner.code = '771204';
      await slice.deliver();
      expect(twilio.messages[0]?.fields['Body']).toBe(
        '771204 is your Acme code. Valid 10 min. Do not share it.\n@acme.example #771204',
      );
      expect(await message(id)).toMatchObject({
        state: 'accepted',
        provider: 'twilio',
        providerMessageId: twilio.messages[0]?.sid,
      });
      expect(await attempts(id)).toEqual([['twilio', 'accepted', null, null]]);
    });

    it('holds neither the code nor the number anywhere in the database', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      slice.owner.code = '90817263';
      await slice.queue({ to: '+27829998877' });
      await slice.deliver();
      for (const table of [
        'message',
        'message_attempt',
        'message_report',
        'provider_credential',
        'delivery_provider',
        'audit_event',
        'job',
      ]) {
        const dump = JSON.stringify(await slice.database.query(`SELECT * FROM ${table}`));
        for (const secret of ['90817263', '27829998877', twilio.authToken]) expect(dump).not.toContain(secret);
      }
    });

    it('is not sent when its transaction rolls back, nor before it commits', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const unit = slice.get(UnitOfWork);
      const failing = unit.run(async () => {
        await slice.queue();
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await slice.deliver();
      expect(twilio.messages).toEqual([]);
    });

    it('is not sent when its owner takes the secret back, or when it is too late', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      slice.owner.code = null;
      const withdrawn = await slice.queue();
      await slice.deliver();
      slice.owner.code = '123456';
      const late = await slice.queue();
      slice.clock.advance(600_000);
      await slice.deliver();
      expect(twilio.server.received).toEqual([]);
      expect(await message(withdrawn)).toMatchObject({ state: 'suppressed', errorCode: 'withdrawn' });
      expect(await message(late)).toMatchObject({ state: 'suppressed', errorCode: 'expired' });
      expect(slice.owner.events).toMatchObject([
        { state: 'suppressed', final: true },
        { state: 'suppressed', final: true },
      ]);
    });

    it('is refused before it is queued when nobody serves the channel', async () => {
      await slice.get(UpdateProvider).execute(EMBEDDED_OUTBOX_ID, { enabled: false });
      await expect(slice.queue()).rejects.toMatchObject({ code: 'channel_unavailable' });
    });

    it('never goes to the outbox in place of a provider that fails', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      twilio.server.misbehaveAlways({ status: 500 });
      const id = await slice.queue();
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'failed', errorClass: 'failover' });
      expect(slice.owner.events).toMatchObject([{ state: 'failed', final: true, errorCode: 'http_500' }]);
    });

    it('is never called for inside a transaction', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const id = await slice.queue();
      await slice.get(UnitOfWork).run(() => slice.deliver());
      expect(twilio.server.received).toEqual([]);
      expect(await message(id)).toMatchObject({ state: 'queued' });
    });

    it('waits when its owner cannot answer, and is given up only after many times', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const id = await slice.queue({ expiresAt: null });
      slice.owner.away = true;
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'queued', claim: null });
      for (let i = 0; i < 12; i += 1) {
        slice.clock.advance(60_000);
        await slice.deliver();
      }
      expect(twilio.server.received).toEqual([]);
      expect(await message(id)).toMatchObject({ state: 'failed', errorCode: 'not_ready' });
      slice.owner.away = false;
      const later = await slice.queue();
      await slice.deliver();
      expect(await message(later)).toMatchObject({ state: 'accepted' });
    });
  });

  describe('routing', () => {
    it('prefers the lower priority and serves countries by their lists', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 20 }));
      await slice.provider(pointedAt.http(other, { priority: 10, countries: ['IN'] }));
      await slice.queue();
      await slice.queue({ to: '+919876543210', country: 'IN' });
      await slice.deliver();
      expect(twilio.messages.map(({ fields }) => fields['To'])).not.toContain('+919876543210');
      expect(other.messages.map(({ body }) => body['to'])).toEqual(['+919876543210']);
    });

    it('takes the sender of the country', async () => {
      await slice.provider(
        pointedAt.twilio(twilio, {
          settings: {
            account_sid: twilio.accountSid,
            base_url: twilio.url,
            senders: [
              { from: 'ACME' },
              { country: 'US', from: '+15005550006' },
              { country: 'DE', messaging_service_sid: `MG${'a'.repeat(32)}` },
            ],
          },
        }),
      );
      for (const country of ['ZA', 'US', 'DE']) await slice.queue({ country });
      await slice.deliver();
      const senders = twilio.messages.map(({ fields }) => fields['From'] ?? fields['MessagingServiceSid']).sort();
      expect(senders).toEqual(['+15005550006', 'ACME', `MG${'a'.repeat(32)}`]);
    });

    it('fails over with the same code, and tells the owner once', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      twilio.errorCode = 21612;
      const id = await slice.queue();
      await slice.deliver();
      expect(other.messages[0]?.body).toMatchObject({ otp: '482913' });
      expect(await attempts(id)).toEqual([
        ['twilio', 'refused', 'failover', '21612'],
        ['http', 'accepted', null, null],
      ]);
      expect(slice.owner.states).toEqual(['accepted']);
    });

    it('stops at a destination that nobody can reach', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      const id = await slice.queue({ to: '+15005550004', country: 'US' });
      await slice.deliver();
      expect(other.server.received).toEqual([]);
      expect(await message(id)).toMatchObject({
        state: 'failed',
        errorClass: 'permanent_destination',
        errorCode: '21610',
      });
      expect(slice.owner.events).toMatchObject([
        { state: 'failed', final: true, errorClass: 'permanent_destination', optedOut: true },
      ]);
    });

    it('comes back later to a provider that asked for it', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      twilio.errorCode = 20429;
      const id = await slice.queue();
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'queued', retries: 1 });
      await slice.deliver();
      expect(twilio.server.received).toHaveLength(1);
      twilio.errorCode = null;
      slice.clock.advance(1_000);
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'accepted', attempts: 2 });
    });

    it('sends at most once more after an unknown outcome, and keeps the charge', async () => {
      await slice.provider(pointedAt.http(other, { priority: 1 }));
      await slice.provider(pointedAt.twilio(twilio, { priority: 2 }));
      other.server.misbehaveAlways('lie');
      const failedOver = await slice.queue();
      await slice.deliver();
      expect(await message(failedOver)).toMatchObject({ state: 'accepted', maybeSent: true });
      twilio.server.misbehaveAlways('lie');
      const unknown = await slice.queue();
      await slice.deliver();
      expect(await message(unknown)).toMatchObject({ state: 'unknown', attempts: 2 });
      expect(slice.owner.events.at(-1)).toMatchObject({ state: 'unknown', final: false });
    });
  });

  describe('test messages', () => {
    it.each([
      ['00', ['delivered'], 'delivered', 1],
      ['01', ['accepted'], 'accepted', 1],
      ['02', ['delivered'], 'delivered', 2],
      ['03', ['failed'], 'failed', 1],
      ['09', ['delivered'], 'delivered', 1],
      ['10', ['delivered'], 'delivered', 1],
      ['11', ['unknown'], 'unknown', 2],
    ])('play scenario %s: the owner hears %j', async (scenario, states, state, calls) => {
      await slice.provider(pointedAt.twilio(twilio));
      const id = await slice.queue({ test: true, scenario });
      await slice.deliver();
      expect(slice.owner.states).toEqual(states);
      expect(await message(id)).toMatchObject({ state, attempts: calls, provider: 'test', providerId: null });
      expect(twilio.server.received).toEqual([]);
    });
  });

  it('is swept by a schedule', async () => {
    const id = await slice.queue();
    await slice.runSchedule('messaging.dispatch');
    expect(await message(id)).toMatchObject({ state: 'delivered' });
    expect(await slice.get(MessageQueue).ofSource({ type: 'spec', id: (await message(id)).sourceId })).toMatchObject([
      { id, state: 'delivered', attempts: [{ provider: 'outbox', state: 'accepted' }] },
    ]);
  });
});
