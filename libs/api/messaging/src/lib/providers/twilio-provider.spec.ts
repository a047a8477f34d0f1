import { loopbackOutbound } from '@tollgate/api/outbound/testing';
import { deliveryRequest, FakeTwilio } from '../../testing/index';
import { TwilioProvider, type TwilioSetup } from './twilio-provider';

describe('Twilio through its own client', () => {
  const fake = new FakeTwilio(undefined, undefined, { [`SK${'a'.repeat(32)}`]: 'key-secret' });
  const outbound = loopbackOutbound();
  const provider = (change: Partial<TwilioSetup> = {}, timeoutMs = 20_000) => {
    return new TwilioProvider(
      { accountSid: fake.accountSid, authToken: fake.authToken, apiKey: null, baseUrl: fake.url, ...change },
      outbound,
      { timeoutMs },
    );
  };

  beforeAll(() => fake.start());
  afterAll(async () => {
    await outbound.close();
    await fake.stop();
  });
  beforeEach(() => fake.reset());

  it('sends the fields that a one-time code deserves', async () => {
    const result = await provider().send(
      deliveryRequest({ callbackUrl: 'https://id.example/hooks/twilio/t0k3n?attempt=atm_1' }),
    );
    expect(result).toEqual({ kind: 'accepted', providerMessageId: fake.messages[0]?.sid, segments: 1 });
    expect(fake.messages[0]?.fields).toEqual({
      To: '+27821234567',
      From: '+15005550006',
      Body: '482913 is your Acme code. Valid 10 min. Do not share it.',
      ValidityPeriod: '600',
      ContentRetention: 'discard',
      AddressRetention: 'obfuscate',
      RiskCheck: 'enable',
      MessageIntent: 'otp',
      StatusCallback: 'https://id.example/hooks/twilio/t0k3n?attempt=atm_1',
    });
    expect(fake.server.received[0]?.path).toBe(`/2010-04-01/Accounts/${fake.accountSid}/Messages.json`);
  });

  it('signs in with an API key, and names a messaging service instead of a sender', async () => {
    const sender = { from: null, messagingServiceSid: `MG${'b'.repeat(32)}`, dltEntityId: null, dltTemplateId: null };
    const result = await provider({ apiKey: { sid: `SK${'a'.repeat(32)}`, secret: 'key-secret' } }).send(
      deliveryRequest({ sender, code: null }),
    );
    expect(result.kind).toBe('accepted');
    expect(fake.messages[0]?.fields).toMatchObject({ MessagingServiceSid: sender.messagingServiceSid });
    expect(fake.messages[0]?.fields).not.toHaveProperty('From');
    expect(fake.messages[0]?.fields).not.toHaveProperty('MessageIntent');
  });

  it.each([
    ['+15005550001', 'permanent_destination', '21211'],
    ['+15005550002', 'failover', '21612'],
    ['+15005550003', 'permanent_config', '21408'],
    ['+15005550004', 'permanent_destination', '21610'],
    ['+15005550009', 'permanent_destination', '21614'],
  ])('takes the magic number %s for %s', async (to, errorClass, code) => {
    expect(await provider().send(deliveryRequest({ to }))).toMatchObject({ kind: 'refused', class: errorClass, code });
  });

  it('takes wrong credentials for a fault of configuration, to be told to staff', async () => {
    expect(await provider({ authToken: 'wrong' }).send(deliveryRequest())).toEqual({
      kind: 'refused',
      class: 'permanent_config',
      alarm: true,
      code: '20003',
    });
  });

  it('waits when it is too fast, and fails over from a full queue', async () => {
    fake.errorCode = 20429;
    expect(await provider().send(deliveryRequest())).toMatchObject({ class: 'retry_same' });
    fake.errorCode = 21611;
    expect(await provider().send(deliveryRequest())).toMatchObject({ class: 'failover' });
  });

  it('fails over from a 5xx with a page for a body', async () => {
    fake.server.misbehave({ status: 503, body: '<html>busy</html>' });
    expect(await provider().send(deliveryRequest())).toEqual({ kind: 'refused', class: 'failover', code: 'http_503' });
  });

  it.each(['hang', 'drip'] as const)(
    'does not know what became of a call that %ss, and does not try it again',
    async (how) => {
      fake.server.misbehave(how);
      expect(await provider({}, 300).send(deliveryRequest())).toEqual({ kind: 'unknown', code: 'timeout' });
      expect(fake.server.received).toHaveLength(1);
    },
  );

  it.each(['lie', 'reset', 'huge'] as const)('does not take a %s for an answer', async (how) => {
    fake.server.misbehave(how);
    expect(await provider().send(deliveryRequest())).toMatchObject({ kind: 'unknown' });
  });

  it('follows no redirect', async () => {
    fake.server.misbehave('redirect');
    expect(await provider().send(deliveryRequest())).toMatchObject({ kind: 'refused', class: 'permanent_config' });
  });

  it('fails over when nobody listens', async () => {
    expect(await provider({ baseUrl: 'http://127.0.0.1:49151' }).send(deliveryRequest())).toMatchObject({
      class: 'failover',
      code: 'unreachable',
    });
  });

  it('keeps an expired validity within what Twilio takes', async () => {
    await provider().send(deliveryRequest({ ttlSeconds: 0.2 }));
    await provider().send(deliveryRequest({ ttlSeconds: 100_000 }));
    expect(fake.messages.map(({ fields }) => fields['ValidityPeriod'])).toEqual(['1', '36000']);
  });

  it('shows its request without the token', () => {
    const preview = provider().preview(deliveryRequest({ code: '******' }));
    expect(preview.url).toContain(`/Accounts/${fake.accountSid}/Messages.json`);
    expect(preview.body).toContain('To=%2B27821234567');
    expect(JSON.stringify(preview)).not.toContain(fake.authToken);
  });
});
