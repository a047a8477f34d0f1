import { onBothEngines, until } from '@tollgate/api/testing';
import { FakeHttpProvider, FakeTwilio, messagingSlice, pointedAt, type MessagingSlice } from '../../testing/index';
import { MessageAttempts } from '../persistence/message-attempts';
import { MessageOutbox } from '../persistence/message-outbox';
import { UpdateProvider } from '../provider-acts/update-provider';
import { ClaimMessages } from './claim-messages';

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
  const others: MessagingSlice[] = [];
  /** Another process on the same database; closed after the test. */
  const beside = async (options: Parameters<typeof messagingSlice>[1] = {}) => {
    const another = await messagingSlice(engine, { beside: slice, ...options });
    others.push(another);
    return another;
  };
  afterEach(async () => {
    for (const another of others.splice(0)) await another.close();
  });
  beforeEach(async () => {
    twilio.reset();
    other.reset();
    await slice.fresh();
  });

  describe('a provider that is down', () => {
    const jobsOf = async () =>
      slice.database.query<{ payload: string }>(
        `SELECT payload FROM job WHERE type = 'operations.provider_down' ORDER BY id`,
      );

    it('is left alone after failures in a row, and staff are told once', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      twilio.server.misbehaveAlways({ status: 503 });
      for (let i = 0; i < 8; i += 1) {
        await slice.queue();
        await slice.deliver();
      }
      expect(twilio.server.received).toHaveLength(5);
      expect(other.messages).toHaveLength(8);
      expect((await jobsOf()).map(({ payload }) => JSON.parse(payload) as unknown)).toMatchObject([
        { provider: 'Twilio', country: 'ZA', reason: 'http_503' },
      ]);
    });

    it('is reported once, whichever processes see it fail', async () => {
      await slice.provider(pointedAt.twilio(twilio, { credentials: { auth_token: 'wrong' } }));
      const second = await beside();
      await slice.queue();
      await slice.deliver();
      await second.queue();
      await second.deliver();
      expect(twilio.server.received).toHaveLength(2);
      expect(await jobsOf()).toHaveLength(1);
    });

    it('counts as back when its process went away and calls since have gone well', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      twilio.server.misbehave({ status: 401, body: '{"code":20003}' });
      await slice.queue();
      await slice.deliver();
      const open = () => slice.database.query('SELECT id FROM provider_outage WHERE open_key IS NOT NULL');
      await slice.runSchedule('messaging.outages');
      expect(await open()).toHaveLength(1);
      slice.clock.advance(1);
      const successor = await beside();
      await successor.queue();
      await successor.deliver();
      slice.clock.advance(1);
      await successor.runSchedule('messaging.outages');
      expect(await open()).toEqual([]);
    });

    it('is left alone at once when its credentials are wrong, in that country only', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      twilio.server.misbehaveAlways({ status: 401, body: '{"code":20003,"message":"Authenticate","status":401}' });
      await slice.queue();
      await slice.deliver();
      await slice.queue();
      await slice.deliver();
      expect(twilio.server.received).toHaveLength(1);
      await slice.queue({ country: 'KE' });
      await slice.deliver();
      expect(twilio.server.received).toHaveLength(2);
      expect(await jobsOf()).toHaveLength(2);
    });

    it('is tried again by one message after a while, and is back on its success', async () => {
      await slice.provider(pointedAt.twilio(twilio, { priority: 1 }));
      await slice.provider(pointedAt.http(other, { priority: 2 }));
      twilio.server.misbehaveAlways({ status: 401, body: '{"code":20003}' });
      await slice.queue();
      await slice.deliver();
      slice.clock.advance(30_000);
      twilio.server.misbehaveAlways(null);
      await slice.queue();
      await slice.deliver();
      expect(twilio.messages).toHaveLength(1);
      expect(await slice.database.query('SELECT id FROM provider_outage WHERE open_key IS NOT NULL')).toEqual([]);
      await slice.queue();
      await slice.deliver();
      expect(twilio.messages).toHaveLength(2);
    });

    it('is given a new chance when its settings change', async () => {
      const id = await slice.provider(pointedAt.twilio(twilio, { credentials: { auth_token: 'wrong' } }));
      await slice.queue();
      await slice.deliver();
      await slice.get(UpdateProvider).execute(id, { credentials: { auth_token: twilio.authToken } });
      const second = await slice.queue();
      await slice.deliver();
      expect(await message(second)).toMatchObject({ state: 'accepted' });
    });

    it('makes messages wait for it when it is the only one, and fails them in the end', async () => {
      await slice.provider(pointedAt.twilio(twilio, { credentials: { auth_token: 'wrong' } }));
      await slice.queue();
      await slice.deliver();
      const id = await slice.queue();
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'queued', attempts: 0 });
      slice.clock.advance(15_000);
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'failed', errorCode: 'no_provider' });
      expect(slice.owner.events.at(-1)).toMatchObject({ final: true });
    });
  });

  describe('after a crash', () => {
    it('a message that was being sent is sent once more elsewhere, and nobody calls it unsent', async () => {
      await slice.provider(pointedAt.http(other, { priority: 1 }));
      await slice.provider(pointedAt.twilio(twilio, { priority: 2 }));
      const id = await slice.queue();
      // The process claims it, opens the attempt, and is gone.
      expect((await slice.get(ClaimMessages).claim(10))?.works).toHaveLength(1);
      await slice.deliver();
      expect(other.messages.length + twilio.messages.length).toBe(0);
      slice.clock.advance(60_000);
      await slice.deliver();
      expect(await attempts(id)).toEqual([
        ['http', 'unknown', 'unknown', 'interrupted'],
        ['twilio', 'accepted', null, null],
      ]);
      expect(await message(id)).toMatchObject({ state: 'accepted', maybeSent: true });
    });

    it('it stays unknown when there is nobody else', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const id = await slice.queue();
      await slice.get(ClaimMessages).claim(10);
      slice.clock.advance(60_000);
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'unknown', errorCode: 'interrupted' });
      expect(slice.owner.events).toMatchObject([{ state: 'unknown', final: false }]);
      expect(twilio.server.received).toEqual([]);
    });

    it('neither calls it unsent who takes it over after a second crash, in the middle of taking it over', async () => {
      await slice.provider(pointedAt.http(other, { priority: 1 }));
      const id = await slice.queue();
      await slice.get(ClaimMessages).claim(10);
      for (let crash = 0; crash < 2; crash += 1) {
        slice.clock.advance(60_000);
        expect(await slice.get(ClaimMessages).take(await message(id))).toMatchObject({ interrupted: true });
      }
      slice.clock.advance(60_000);
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'unknown', maybeSent: true });
      expect(slice.owner.events).toMatchObject([{ state: 'unknown', final: false }]);
      expect(other.server.received).toEqual([]);
    });

    it('after two crashes it is still sent elsewhere once and no more', async () => {
      await slice.provider(pointedAt.http(other, { priority: 1 }));
      await slice.provider(pointedAt.twilio(twilio, { priority: 2 }));
      const id = await slice.queue();
      await slice.get(ClaimMessages).claim(10);
      slice.clock.advance(60_000);
      await slice.get(ClaimMessages).take(await message(id));
      slice.clock.advance(60_000);
      await slice.deliver();
      expect(await attempts(id)).toEqual([
        ['http', 'unknown', 'unknown', 'interrupted'],
        ['twilio', 'accepted', null, null],
      ]);
      expect(await message(id)).toMatchObject({ state: 'accepted', maybeSent: true });
    });

    it('a result that could not be written is found by its lease, not sent a second time to the same provider', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      slice.owner.failure = new Error('the owner cannot write');
      const id = await slice.queue();
      await slice.deliver();
      expect(await message(id)).toMatchObject({ state: 'queued' });
      slice.clock.advance(60_000);
      await slice.deliver();
      expect(twilio.messages).toHaveLength(1);
      expect(await message(id)).toMatchObject({ state: 'unknown' });
    });
  });

  describe('many at once', () => {
    it('two processes send each message once', async () => {
      await slice.provider(pointedAt.twilio(twilio));
      const second = await beside();
      const ids: string[] = [];
      for (let i = 0; i < 60; i += 1) ids.push(await slice.queue());
      await Promise.all([slice.deliver(), second.deliver(), slice.deliver(), second.deliver()]);
      expect(twilio.messages).toHaveLength(60);
      expect(new Set(twilio.messages.map(({ fields }) => fields['To'])).size).toBe(60);
      const states = await Promise.all(ids.map(async (id) => (await message(id)).state));
      expect(new Set(states)).toEqual(new Set(['accepted']));
      expect(slice.owner.events.length + second.owner.events.length).toBe(60);
    });

    it('one that fails to settle does not hold up its neighbours', async () => {
      slice.owner.failure = new Error('one bad');
      for (let i = 0; i < 10; i += 1) await slice.queue();
      await slice.deliver();
      // The shared commit fails, each is written alone, and the failure was for one time only.
      expect(slice.owner.states.filter((state) => state === 'delivered')).toHaveLength(10);
    });

    it('sends by itself where jobs run by themselves, woken by the commit', async () => {
      const server = await beside({ automaticJobs: true });
      const ids = await Promise.all(Array.from({ length: 20 }, () => server.queue()));
      await until(() => server.owner.events.length === ids.length);
      expect(new Set(server.owner.states)).toEqual(new Set(['delivered']));
    });
  });
});
