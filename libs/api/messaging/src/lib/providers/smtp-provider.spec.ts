import { loopbackOutbound } from '@tollgate/api/outbound/testing';
import { deliveryRequest, FakeSmtp } from '../../testing/index';
import { SmtpProvider, type SmtpSetup } from './smtp-provider';

describe('SMTP through nodemailer', () => {
  const fake = new FakeSmtp();
  const outbound = loopbackOutbound();
  const made: SmtpProvider[] = [];
  const provider = (change: Partial<SmtpSetup> = {}, timeoutMs = 20_000) => {
    const one = new SmtpProvider(
      {
        host: '127.0.0.1',
        port: fake.port,
        security: 'none',
        username: fake.user,
        password: fake.password,
        fromEmail: 'no-reply@acme.example',
        fromName: 'Acme, Inc. "x"',
        maxConnections: 2,
        ...change,
      },
      outbound,
      { timeoutMs },
    );
    made.push(one);
    return one;
  };
  const mail = (change = {}) => deliveryRequest({ channel: 'email', ...change });

  beforeAll(() => fake.start());
  afterAll(async () => {
    made.forEach((one) => one.close());
    await outbound.close();
    await fake.stop();
  });
  beforeEach(() => {
    fake.received.length = 0;
    fake.onData = 'accept';
    fake.silent = false;
  });

  it('sends a mail with its fixed message id and the OTP-Token header', async () => {
    const result = await provider().send(mail({ webDomain: 'acme.example' }));
    expect(result).toMatchObject({ kind: 'accepted' });
    const [received] = fake.received;
    expect(received?.to).toEqual(['ann@example.com']);
    expect(received?.from).toBe('no-reply@acme.example');
    expect(received?.raw).toContain('Message-ID: <atm_01JD0000000000000000000001@acme.example>');
    expect(received?.raw).toContain('Auto-Submitted: auto-generated');
    expect(received?.raw).toContain('OTP-Token: "482913"; origin="https://acme.example"');
    expect(received?.raw).toContain('482913 is your Acme code');
  });

  it('lets no line end make another header or recipient', async () => {
    const message = { ...mail().message, subject: 'Hi\r\nBcc: eve@evil.example', text: 'x' };
    await provider().send(mail({ message, to: 'ann@example.com' }));
    expect(fake.received[0]?.to).toEqual(['ann@example.com']);
    expect(fake.received[0]?.raw).not.toMatch(/^Bcc:/im);
    const injected = await provider().send(mail({ to: 'ann@example.com>\r\nRCPT TO:<eve@evil.example' }));
    expect(injected.kind).toBe('refused');
    expect(fake.received).toHaveLength(1);
  });

  it.each([
    ['unknown@example.com', 'permanent_destination', '550 5.1.1'],
    ['full@example.com', 'permanent_destination', '552 5.2.2'],
    ['busy@example.com', 'failover', '450 4.2.1'],
    ['greylisted@example.com', 'failover', '451 4.7.1'],
  ])('takes the answer for %s for %s', async (to, errorClass, code) => {
    expect(await provider().send(mail({ to }))).toMatchObject({ kind: 'refused', class: errorClass, code });
  });

  it('takes a wrong password for a fault of configuration', async () => {
    expect(await provider({ password: 'wrong' }).send(mail())).toMatchObject({
      class: 'permanent_config',
      alarm: true,
      code: 'EAUTH',
    });
  });

  it('takes a refused message for one of content', async () => {
    fake.onData = 'refuse';
    expect(await provider().send(mail())).toMatchObject({ class: 'content', code: '554 5.7.1' });
  });

  it('does not know what became of a message that nobody acknowledged', async () => {
    fake.onData = 'hang';
    expect(await provider({}, 2_500).send(mail())).toEqual({ kind: 'unknown', code: 'timeout' });
    fake.onData = 'drop';
    expect(await provider().send(mail())).toMatchObject({ kind: 'unknown' });
    expect(fake.received).toEqual([]);
  });

  it('fails over from a server that never greets, and when nobody listens', async () => {
    fake.silent = true;
    expect(await provider({}, 600).send(mail())).toMatchObject({ class: 'failover', code: 'timeout' });
    expect(await provider({ port: 49151 }).send(mail())).toMatchObject({ class: 'failover', code: 'unreachable' });
  });

  it('demands TLS where it was told to', async () => {
    expect(await provider({ security: 'starttls' }).send(mail())).toMatchObject({
      kind: 'refused',
      class: 'permanent_config',
    });
    expect(fake.received).toEqual([]);
  });

  it('shows its message without the password', () => {
    const preview = provider().preview(mail({ code: '******' }));
    expect(preview.url).toBe(`smtp://mailer:******@127.0.0.1:${String(fake.port)}`);
    expect(JSON.stringify(preview)).not.toContain(fake.password);
  });
});
