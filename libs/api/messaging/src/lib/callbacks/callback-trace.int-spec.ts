import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { Instruments } from '@tollgate/api/observability';
import { onBothEngines } from '@tollgate/api/testing';
import {
  FakeSendGrid,
  FakeTwilio,
  messagingSlice,
  pointedAt,
  received,
  type MessagingSlice,
  type Posted,
} from '../../testing/index';
import { MessageOutbox } from '../persistence/message-outbox';
import { Providers } from '../persistence/providers';
import { ProviderSecrets } from '../provider-acts/provider-secrets';
import { ReceiveSendGridEvents } from './receive-sendgrid-events';
import { ReceiveTwilioStatus } from './receive-twilio-status';

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const sendgrid = new FakeSendGrid();

  beforeAll(async () => {
    await Promise.all([twilio.start(), sendgrid.start()]);
    slice = await messagingSlice(engine, {
      overrides: [{ provide: Instruments, useValue: new Instruments() }],
    });
  });
  afterAll(async () => {
    await slice.close();
    await Promise.all([twilio.stop(), sendgrid.stop()]);
  });
  beforeEach(async () => {
    twilio.reset();
    sendgrid.reset();
    await slice.fresh();
    await slice.database.execute('DELETE FROM audit_event');
  });

  const take = (posted: Posted) => slice.get(ReceiveTwilioStatus).execute(received(posted));
  const refused = () =>
    slice.database.query<{ target_id: string; outcome: string }>(
      `SELECT target_id, outcome FROM audit_event WHERE action = 'provider.callback_refused' ORDER BY id`,
    );
  const count = async (provider: string, why: string): Promise<number> => {
    const text = await slice.get(Instruments).text();
    const line = `tollgate_refused_callbacks_total{provider="${provider}",why="${why}"}`;
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(line))
        ?.slice(line.length) ?? 0,
    );
  };
  const forgedBy = async (name: string) => {
    const id = await slice.provider(pointedAt.twilio(twilio, { name, priority: 1 }));
    await slice.queue();
    await slice.deliver();
    const sms = twilio.messages.at(-1);
    if (sms === undefined) throw new Error('nothing was sent');
    return { id, posted: twilio.signedStatus(sms, 'delivered', { token: 'wrong' }) };
  };

  it('a forged callback is counted and logged each time, and stands in the audit log once an hour', async () => {
    const { id, posted } = await forgedBy('Twilio');
    const before = await count('twilio', 'signature');
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    for (let i = 0; i < 20; i += 1) {
      await expect(take(posted)).rejects.toMatchObject({ code: 'signature_invalid' });
    }
    const said = JSON.stringify(warn.mock.calls);
    warn.mockRestore();
    expect(said.split(id)).toHaveLength(21);
    expect(said).not.toContain(posted.headers['x-twilio-signature']);
    expect(said).not.toContain(new URL(posted.url).pathname);
    expect((await count('twilio', 'signature')) - before).toBe(20);
    expect(await refused()).toEqual([{ target_id: id, outcome: 'denied' }]);
    slice.clock.advance(3_600_000);
    await expect(take(posted)).rejects.toMatchObject({ code: 'signature_invalid' });
    expect(await refused()).toHaveLength(2);
  });

  it('one provider’s forgeries do not hide those of another', async () => {
    const first = await forgedBy('One');
    await expect(take(first.posted)).rejects.toMatchObject({ code: 'signature_invalid' });
    await slice.fresh();
    const second = await forgedBy('Two');
    await expect(take(second.posted)).rejects.toMatchObject({ code: 'signature_invalid' });
    expect((await refused()).map((event) => event.target_id)).toEqual([first.id, second.id]);
  });

  it('an address that is nobody’s is counted and no more: anybody can make one up', async () => {
    const before = await count('twilio', 'address');
    const url = 'https://id.example/hooks/twilio/nobody';
    await expect(take({ url, headers: {}, body: '' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await count('twilio', 'address')) - before).toBe(1);
    expect(await refused()).toEqual([]);
  });

  describe('a complaint', () => {
    const complaining = async (states: readonly string[]) => {
      const providerId = await slice.provider(pointedAt.sendgrid(sendgrid));
      const id = await slice.queue({ channel: 'email', to: 'ann@example.com', country: null });
      await slice.deliver();
      const [mail] = sendgrid.mails;
      const stored = await slice.get(Providers).find(providerId);
      if (mail === undefined || stored === null) throw new Error('nothing was sent');
      const url = `https://id.example/hooks/sendgrid/${slice.get(ProviderSecrets).openCallback(stored.row) ?? ''}`;
      const events = states.map((state) => sendgrid.eventOf(mail, state));
      const tell = async () => {
        for (const event of events) {
          const { body, headers } = sendgrid.signedEvents([event], Math.floor(slice.clock.now() / 1_000));
          await slice.get(ReceiveSendGridEvents).execute(received({ url, headers, body }));
        }
      };
      await tell();
      return { id, tell };
    };
    const stateOf = async (id: string) => (await slice.get(MessageOutbox).find(id))?.state;

    it('that comes after the delivery leaves the message delivered, and its owner hears of it once', async () => {
      const { id, tell } = await complaining(['delivered', 'spamreport']);
      await tell();
      expect(await stateOf(id)).toBe('delivered');
      expect(slice.owner.optedOut).toEqual([id]);
      expect(slice.owner.states).toEqual(['accepted', 'delivered']);
      expect(await slice.get(MessageOutbox).find(id)).toMatchObject({
        note: 'undelivered reported after delivery: spamreport',
      });
    });

    it('that comes first is told with the step that it makes', async () => {
      const { id } = await complaining(['spamreport', 'delivered']);
      expect(await stateOf(id)).toBe('delivered');
      expect(slice.owner.events.find(({ optedOut }) => optedOut === true)).toMatchObject({ messageId: id });
      expect(slice.owner.optedOut).toEqual([]);
    });

    it('a bounce after the delivery asks for no silence', async () => {
      await complaining(['delivered', 'bounce']);
      expect(slice.owner.optedOut).toEqual([]);
    });
  });
});
