import { onBothEngines } from '@tollgate/api/testing';
import {
  FakeHttpProvider,
  FakeSendGrid,
  FakeTwilio,
  messagingSlice,
  pointedAt,
  received,
  twilioSignature,
  type MessagingSlice,
  type Posted,
} from '../../testing/index';
import { MessageOutbox } from '../persistence/message-outbox';
import { MessageReports } from '../persistence/message-reports';
import { Providers } from '../persistence/providers';
import { ProviderSecrets } from '../provider-acts/provider-secrets';
import { UpdateProvider } from '../provider-acts/update-provider';
import { ReceiveHttpReport } from './receive-http-report';
import { ReceiveSendGridEvents } from './receive-sendgrid-events';
import { ReceiveTwilioStatus } from './receive-twilio-status';

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const sendgrid = new FakeSendGrid();
  const other = new FakeHttpProvider();

  const message = async (id: string) => {
    const row = await slice.get(MessageOutbox).find(id);
    if (row === null) throw new Error('there is no such message');
    return row;
  };
  const reports = (id: string) => slice.get(MessageReports).ofMessage(id);
  const addressOf = async (providerId: string) => {
    const stored = await slice.get(Providers).find(providerId);
    if (stored === null) throw new Error('there is no such provider');
    return `https://id.example/hooks/${stored.row.kind}/${slice.get(ProviderSecrets).openCallback(stored.row) ?? ''}`;
  };

  beforeAll(async () => {
    await Promise.all([twilio.start(), sendgrid.start(), other.start()]);
    slice = await messagingSlice(engine);
  });
  afterAll(async () => {
    await slice.close();
    await Promise.all([twilio.stop(), sendgrid.stop(), other.stop()]);
  });
  beforeEach(async () => {
    for (const fake of [twilio, sendgrid, other]) fake.reset();
    await slice.fresh();
  });

  describe('callbacks of Twilio', () => {
    const take = (posted: Posted) => slice.get(ReceiveTwilioStatus).execute(received(posted));
    const sent = async () => {
      const id = await slice.queue();
      await slice.deliver();
      const sms = twilio.messages.at(-1);
      if (sms === undefined) throw new Error('nothing was sent');
      return { id, sms };
    };

    it('move the message on, and tell its owner once each', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      for (const status of ['queued', 'sent', 'delivered']) await take(twilio.signedStatus(sms, status));
      expect(await message(id)).toMatchObject({ state: 'delivered', deliveredAt: slice.clock.now() });
      expect(slice.owner.states).toEqual(['accepted', 'sent', 'delivered']);
    });

    it('never go back, whatever comes late, and count once, whatever comes twice', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      for (const status of ['delivered', 'sent', 'delivered', 'queued', 'sent'])
        await take(twilio.signedStatus(sms, status));
      expect((await message(id)).state).toBe('delivered');
      expect(slice.owner.states).toEqual(['accepted', 'delivered']);
      expect((await reports(id)).map(({ state, applied }) => [state, applied]).sort()).toEqual([
        ['accepted', false],
        ['delivered', true],
        ['sent', false],
      ]);
    });

    it('keep a failure after the delivery as a note', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      await take(twilio.signedStatus(sms, 'delivered'));
      await take(twilio.signedStatus(sms, 'undelivered', { errorCode: 30005 }));
      expect(await message(id)).toMatchObject({
        state: 'delivered',
        note: 'undelivered reported after delivery: 30005',
      });
      expect(slice.owner.states).toEqual(['accepted', 'delivered']);
    });

    it('come at the same time and count once', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { sms } = await sent();
      await Promise.all(Array.from({ length: 8 }, () => take(twilio.signedStatus(sms, 'delivered'))));
      expect(slice.owner.states).toEqual(['accepted', 'delivered']);
    });

    it('tell of a number that does not exist, so that its owner can suppress it', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      await take(twilio.signedStatus(sms, 'undelivered', { errorCode: 30006 }));
      expect(await message(id)).toMatchObject({
        state: 'undelivered',
        errorClass: 'permanent_destination',
        errorCode: '30006',
      });
      expect(slice.owner.events.at(-1)).toMatchObject({
        state: 'undelivered',
        errorClass: 'permanent_destination',
        final: false,
      });
    });

    it('have a message sent once more by another provider when it was filtered on the way', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      const { id, sms } = await sent();
      await take(twilio.signedStatus(sms, 'undelivered', { errorCode: 30007 }));
      await slice.deliver();
      expect(other.messages).toHaveLength(1);
      expect(await message(id)).toMatchObject({ state: 'accepted', provider: 'http', attempts: 2, redispatches: 1 });
      // What the first provider still says does not count any more, unless it is good news.
      await take(twilio.signedStatus(sms, 'failed', { errorCode: 30008 }));
      expect((await message(id)).state).toBe('accepted');
      expect(slice.owner.states).toEqual(['accepted']);
      await take(twilio.signedStatus(sms, 'delivered'));
      expect((await message(id)).state).toBe('delivered');
    });

    it('end the message as undelivered when nobody else can carry it', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      await take(twilio.signedStatus(sms, 'undelivered', { errorCode: 30008 }));
      expect(await message(id)).toMatchObject({ state: 'undelivered', errorClass: 'failover' });
    });

    it('try a handset that was off once more after half a minute', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      await take(twilio.signedStatus(sms, 'undelivered', { errorCode: 30003 }));
      await slice.deliver();
      expect(twilio.messages).toHaveLength(1);
      slice.clock.advance(30_000);
      await slice.deliver();
      expect(twilio.messages).toHaveLength(2);
      await take(twilio.signedStatus(twilio.messages[1] ?? sms, 'undelivered', { errorCode: 30003 }));
      expect(await message(id)).toMatchObject({ state: 'undelivered' });
    });

    it('settle what was unknown', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      twilio.server.misbehave('reset');
      const id = await slice.queue();
      await slice.deliver();
      expect((await message(id)).state).toBe('unknown');
      const [call] = twilio.server.received;
      const fields = Object.fromEntries(new URLSearchParams(call?.body));
      await take(twilio.signedStatus({ sid: `SM${'f'.repeat(32)}`, fields }, 'delivered'));
      expect((await message(id)).state).toBe('delivered');
      expect(slice.owner.states).toEqual(['unknown', 'delivered']);
    });

    it('are refused when forged, bent, or of another provider', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id, sms } = await sent();
      const posted = twilio.signedStatus(sms, 'delivered');
      const refused = { code: 'signature_invalid' };
      await expect(take(twilio.signedStatus(sms, 'delivered', { token: 'wrong' }))).rejects.toMatchObject(refused);
      await expect(take({ ...posted, body: posted.body.replace('delivered', 'failed') })).rejects.toMatchObject(
        refused,
      );
      await expect(take({ ...posted, url: posted.url.replace(/attempt=atm_/, 'attempt=atm_X') })).rejects.toMatchObject(
        refused,
      );
      await expect(take({ ...posted, headers: {} })).rejects.toMatchObject(refused);
      await expect(
        take({ ...posted, url: posted.url.replace(/twilio\/[^?]+/, 'twilio/some-other-token') }),
      ).rejects.toMatchObject({ code: 'not_found' });
      expect((await message(id)).state).toBe('accepted');
      expect(await reports(id)).toEqual([]);
    });

    it('about messages that nobody knows are taken and forgotten', async () => {
      const providerId = await slice.provider(pointedAt.twilio(twilio));
      const url = `${await addressOf(providerId)}?attempt=atm_00000000000000000000000000`;
      await expect(
        take(twilio.signedStatus({ sid: 'SM_unknown', fields: { StatusCallback: url } }, 'delivered')),
      ).resolves.toBeUndefined();
      expect(await slice.database.query('SELECT event_key FROM message_report')).toEqual([]);
    });

    it('count with the old address for a day after a new one was made, and with either token while one is replaced', async () => {
      const providerId = await slice.provider(pointedAt.twilio(twilio));
      const { sms } = await sent();
      await slice.get(UpdateProvider).execute(providerId, {
        rotate_callback_token: true,
        credentials: { auth_token: 'the-new-token', previous_auth_token: twilio.authToken },
      });
      await take(twilio.signedStatus(sms, 'sent'));
      await take(twilio.signedStatus(sms, 'delivered', { token: 'the-new-token' }));
      expect(slice.owner.states).toEqual(['accepted', 'sent', 'delivered']);
      slice.clock.advance(24 * 3_600_000);
      await expect(take(twilio.signedStatus(sms, 'read'))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('cannot move the message of one provider by the signature of another', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const { id } = await sent();
      const evilId = await slice.provider(
        pointedAt.twilio(twilio, { name: 'Evil', credentials: { auth_token: 'evil' }, priority: 999 }),
      );
      const attempt = new URL(twilio.messages[0]?.fields['StatusCallback'] ?? '').searchParams.get('attempt') ?? '';
      const url = `${await addressOf(evilId)}?attempt=${attempt}`;
      const fields = { MessageSid: 'SM1', MessageStatus: 'failed' };
      await take({
        url,
        headers: { 'x-twilio-signature': twilioSignature('evil', url, fields) },
        body: new URLSearchParams(fields).toString(),
      });
      expect((await message(id)).state).toBe('accepted');
    });
  });

  describe('events of SendGrid', () => {
    const mail = { channel: 'email', to: 'ann@example.com', country: null } as const;
    const take = async (providerId: string, events: readonly Record<string, unknown>[], atMs = slice.clock.now()) => {
      const { body, headers } = sendgrid.signedEvents(events, Math.floor(atMs / 1_000));
      await slice.get(ReceiveSendGridEvents).execute(received({ url: await addressOf(providerId), headers, body }));
    };

    it('come as a batch, are matched by our id or theirs, and count once', async () => {
      const providerId = await slice.provider(pointedAt.sendgrid(sendgrid));
      const ids = [await slice.queue(mail), await slice.queue(mail)];
      await slice.deliver();
      const events = sendgrid.mails.flatMap((each) => [
        sendgrid.eventOf(each, 'delivered'),
        sendgrid.eventOf(each, 'processed'),
        sendgrid.eventOf(each, 'open'),
      ]);
      const anonymous = events.map(({ send_id: _send, message_id: _message, ...event }, i) =>
        i < 3 ? { ...event } : { ...event, send_id: _send },
      );
      await take(providerId, anonymous);
      await take(providerId, anonymous);
      for (const id of ids) expect((await message(id)).state).toBe('delivered');
      expect(slice.owner.states).toEqual(['accepted', 'accepted', 'delivered', 'delivered']);
    });

    it('tell of bounces and complaints', async () => {
      const providerId = await slice.provider(pointedAt.sendgrid(sendgrid));
      const id = await slice.queue(mail);
      await slice.deliver();
      const [sent] = sendgrid.mails;
      if (sent === undefined) throw new Error('nothing was sent');
      await take(providerId, [
        sendgrid.eventOf(sent, 'deferred'),
        sendgrid.eventOf(sent, 'bounce', { type: 'bounce', status: '5.1.1' }),
      ]);
      expect(await message(id)).toMatchObject({
        state: 'undelivered',
        errorClass: 'permanent_destination',
        errorCode: 'bounce 5.1.1',
      });
    });

    it('are refused when forged, bent or older than ten minutes', async () => {
      const providerId = await slice.provider(pointedAt.sendgrid(sendgrid));
      const id = await slice.queue(mail);
      await slice.deliver();
      const [sent] = sendgrid.mails;
      if (sent === undefined) throw new Error('nothing was sent');
      const event = sendgrid.eventOf(sent, 'delivered');
      await expect(take(providerId, [event], slice.clock.now() - 601_000)).rejects.toMatchObject({
        code: 'signature_invalid',
      });
      const { body, headers } = sendgrid.signedEvents([event], Math.floor(slice.clock.now() / 1_000));
      const bent = received({ url: await addressOf(providerId), headers, body: body.trimEnd() });
      await expect(slice.get(ReceiveSendGridEvents).execute(bent)).rejects.toMatchObject({ code: 'signature_invalid' });
      expect((await message(id)).state).toBe('accepted');
    });

    it('are refused altogether where no key is set', async () => {
      const providerId = await slice.provider(
        pointedAt.sendgrid(sendgrid, { settings: { from_email: 'a@acme.example', base_url: sendgrid.url } }),
      );
      await expect(take(providerId, [])).rejects.toMatchObject({ code: 'signature_invalid' });
    });
  });

  describe('reports of generic providers', () => {
    const take = async (providerId: string, body: object, authorization = 'Bearer dlr-secret-of-acme') =>
      slice.get(ReceiveHttpReport).execute(
        received({
          url: await addressOf(providerId),
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify(body),
        }),
      );

    it('are read by the map of the provider', async () => {
      const providerId = await slice.provider(pointedAt.http(other));
      const id = await slice.queue();
      await slice.deliver();
      await take(providerId, { id: other.messages[0]?.id, st: 'ENROUTE' });
      expect((await message(id)).state).toBe('accepted');
      await take(providerId, { id: other.messages[0]?.id, st: 'DELIVRD' });
      expect((await message(id)).state).toBe('delivered');
    });

    it('are refused without their proof', async () => {
      const providerId = await slice.provider(pointedAt.http(other));
      await expect(take(providerId, { id: 'x', st: 'DELIVRD' }, 'Bearer guess')).rejects.toMatchObject({
        code: 'signature_invalid',
      });
    });
  });
});
