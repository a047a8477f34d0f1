import { loopbackOutbound } from '@tollgate/api/outbound/testing';
import { deliveryRequest, FakeFast2Sms } from '../../testing/index';
import { Fast2SmsProvider, type Fast2SmsSetup } from './fast2sms-provider';

const SENDER = {
  from: 'ACMEIN',
  messagingServiceSid: null,
  dltEntityId: '1201159000000000001',
  dltTemplateId: '1207161000000000001',
};

describe('Fast2SMS', () => {
  const fake = new FakeFast2Sms();
  const outbound = loopbackOutbound();
  const provider = (change: Partial<Fast2SmsSetup> = {}, timeoutMs = 20_000) =>
    new Fast2SmsProvider({ apiKey: fake.apiKey, route: 'otp', baseUrl: fake.url, ...change }, outbound, { timeoutMs });
  const sms = (change = {}) => deliveryRequest({ to: '+919876543210', country: 'IN', sender: SENDER, ...change });

  beforeAll(() => fake.start());
  afterAll(async () => {
    await outbound.close();
    await fake.stop();
  });
  beforeEach(() => fake.reset());

  it('sends only the code on the otp route, and the key in a header', async () => {
    expect(await provider().send(sms())).toMatchObject({
      kind: 'accepted',
      providerMessageId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(fake.messages).toEqual([{ route: 'otp', variables_values: '482913', numbers: '9876543210', flash: '0' }]);
    expect(fake.server.received[0]?.path).not.toContain(fake.apiKey);
  });

  it('sends values for an approved template on the dlt route', async () => {
    await provider({ route: 'dlt' }).send(sms({ variables: { application: 'Ac|me' } }));
    expect(fake.messages[0]).toMatchObject({
      sender_id: 'ACMEIN',
      message: SENDER.dltTemplateId,
      variables_values: '482913|Ac me',
    });
  });

  it('sends the whole text with both ids on the manual route', async () => {
    await provider({ route: 'dlt_manual' }).send(sms());
    expect(fake.messages[0]).toMatchObject({
      template_id: SENDER.dltTemplateId,
      entity_id: SENDER.dltEntityId,
      message: sms().message.text,
    });
  });

  it('says which alphabet the quick route needs', async () => {
    await provider({ route: 'q' }).send(sms());
    await provider({ route: 'q' }).send(sms({ message: { ...sms().message, text: 'कोड 482913' } }));
    expect(fake.messages.map((message) => message['language'])).toEqual(['english', 'unicode']);
  });

  it('leaves other countries to other providers, and wants the DLT ids', async () => {
    expect(await provider().send(sms({ to: '+27821234567' }))).toMatchObject({
      class: 'failover',
      code: 'not_an_indian_mobile',
    });
    const sender = { ...SENDER, dltTemplateId: null };
    expect(await provider({ route: 'dlt' }).send(sms({ sender }))).toMatchObject({
      class: 'permanent_config',
      code: 'dlt_ids_missing',
    });
    expect(await provider().send(sms({ code: 'ab12' }))).toMatchObject({
      class: 'permanent_config',
      code: 'code_not_numeric',
    });
    expect(fake.server.received).toEqual([]);
  });

  it.each([
    [411, 'permanent_destination', undefined],
    [412, 'permanent_config', true],
    [416, 'failover', true],
    [995, 'failover', undefined],
    [997, 'permanent_config', undefined],
    [999, 'permanent_config', true],
  ])('takes code %d for %s', async (code, errorClass, alarm) => {
    fake.statusCode = code;
    const base = { kind: 'refused', class: errorClass, code: String(code) };
    expect(await provider().send(sms())).toEqual(alarm === undefined ? base : { ...base, alarm });
  });

  it('takes a wrong key for a fault of configuration', async () => {
    expect(await provider({ apiKey: 'wrong' }).send(sms())).toMatchObject({ class: 'permanent_config', alarm: true });
  });

  it.each(['hang', 'drip'] as const)('does not know what became of a call that %ss', async (how) => {
    fake.server.misbehave(how);
    expect(await provider({}, 300).send(sms())).toEqual({ kind: 'unknown', code: 'timeout' });
  });

  it.each(['lie', 'reset', 'huge'] as const)('does not take a %s for an answer', async (how) => {
    fake.server.misbehave(how);
    expect(await provider().send(sms())).toMatchObject({ kind: 'unknown' });
  });

  it('shows its request without the key', () => {
    const preview = provider().preview(sms({ code: '******' }));
    expect(preview.body).toContain('******');
    expect(JSON.stringify(preview)).not.toContain(fake.apiKey);
  });
});
