import { loopbackOutbound } from '@tollgate/api/outbound/testing';
import { deliveryRequest, FakeSendGrid } from '../../testing/index';
import { SendGridProvider, type SendGridSetup } from './sendgrid-provider';

describe('SendGrid through its own client', () => {
  const fake = new FakeSendGrid();
  const outbound = loopbackOutbound();
  const provider = (change: Partial<SendGridSetup> = {}, timeoutMs = 20_000) => {
    return new SendGridProvider(
      {
        apiKey: fake.apiKey,
        fromEmail: 'no-reply@acme.example',
        fromName: 'Acme',
        region: 'global',
        baseUrl: fake.url,
        ...change,
      },
      outbound,
      { timeoutMs },
    );
  };
  const mail = (change = {}) => deliveryRequest({ channel: 'email', ...change });

  beforeAll(() => fake.start());
  afterAll(async () => {
    await outbound.close();
    await fake.stop();
  });
  beforeEach(() => fake.reset());

  it('sends a mail without tracking, with its ids and the OTP-Token header', async () => {
    const result = await provider().send(mail({ webDomain: 'acme.example' }));
    expect(result).toEqual({ kind: 'accepted', providerMessageId: fake.mails[0]?.id, segments: null });
    expect(fake.mails[0]?.body).toMatchObject({
      from: { email: 'no-reply@acme.example', name: 'Acme' },
      subject: 'Your Acme code',
      personalizations: [{ to: [{ email: 'ann@example.com' }] }],
      categories: ['otp'],
      content: [{ type: 'text/plain' }, { type: 'text/html' }],
      headers: { 'OTP-Token': '"482913"; origin="https://acme.example"' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
      custom_args: { message_id: 'msg_01JD0000000000000000000000', send_id: 'atm_01JD0000000000000000000001' },
    });
  });

  it('keeps the headers of the mail out of the headers of the call', async () => {
    await provider().send(mail({ webDomain: 'acme.example' }));
    expect(JSON.stringify(fake.server.received[0]?.headers)).not.toContain('482913');
  });

  it('keeps the keys of two configurations apart', async () => {
    const other = new FakeSendGrid('SG.other');
    await other.start();
    const [first, second] = [provider(), provider({ apiKey: 'SG.other', baseUrl: other.url })];
    const results = await Promise.all([first.send(mail()), second.send(mail()), first.send(mail())]);
    expect(results.map((result) => result.kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect([fake.mails.length, other.mails.length]).toEqual([2, 1]);
    await other.stop();
  });

  it.each([
    [400, 'personalizations.0.to', 'permanent_destination'],
    [400, 'from.email', 'permanent_config'],
    [403, undefined, 'permanent_config'],
    [413, undefined, 'content'],
    [429, undefined, 'retry_same'],
    [503, undefined, 'failover'],
  ])('takes %d %s for %s', async (status, field, errorClass) => {
    fake.failWith = { status, ...(field === undefined ? {} : { field }) };
    expect(await provider().send(mail())).toMatchObject({ kind: 'refused', class: errorClass });
  });

  it('takes a wrong key for a fault of configuration', async () => {
    expect(await provider({ apiKey: 'SG.wrong' }).send(mail())).toMatchObject({
      class: 'permanent_config',
      alarm: true,
      code: 'http_401',
    });
  });

  it.each(['hang', 'drip'] as const)('does not know what became of a call that %ss', async (how) => {
    fake.server.misbehave(how);
    expect(await provider({}, 300).send(mail())).toEqual({ kind: 'unknown', code: 'timeout' });
    expect(fake.server.received).toHaveLength(1);
  });

  it.each(['lie', 'reset', 'huge'] as const)('does not take a %s for an answer', async (how) => {
    fake.server.misbehave(how);
    expect(await provider().send(mail())).toMatchObject({ kind: 'unknown' });
  });

  it('fails over when nobody listens', async () => {
    expect(await provider({ baseUrl: 'http://127.0.0.1:49151' }).send(mail())).toMatchObject({ class: 'failover' });
  });

  it('shows its request without the key', () => {
    const preview = provider({ baseUrl: null, region: 'eu' }).preview(mail({ code: '******' }));
    expect(preview.url).toBe('https://api.eu.sendgrid.com/v3/mail/send');
    expect(JSON.stringify(preview)).not.toContain(fake.apiKey);
  });
});
