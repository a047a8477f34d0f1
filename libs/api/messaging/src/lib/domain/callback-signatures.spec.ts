import { createHash, createHmac } from 'node:crypto';
import twilio from 'twilio';
import { FakeSendGrid, twilioSignature } from '../../testing/index';
import { genericProofHolds, sendgridSignatureHolds, twilioSignatureHolds } from './callback-signatures';

const EMPTY = Buffer.alloc(0);

describe('signatures of Twilio', () => {
  const url = 'https://id.example/hooks/twilio/t0k3n?attempt=atm_1';
  const fields = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+27821234567', Body: 'ünï & = ?' };
  const sign = (token: string, address = url, of: Record<string, string> = fields) =>
    twilioSignature(token, address, of);
  const holds = (
    change: {
      tokens?: string[];
      url?: string;
      signature?: string;
      fields?: Record<string, string>;
      rawBody?: Buffer;
    } = {},
  ) =>
    twilioSignatureHolds(change.tokens ?? ['new', 'old'], {
      url: change.url ?? url,
      signature: change.signature ?? sign('new'),
      fields: change.fields ?? fields,
      rawBody: change.rawBody ?? EMPTY,
    });

  it('agree with the vendor’s own client', () => {
    expect(sign('new')).toBe(twilio.getExpectedTwilioSignature('new', url, fields));
    expect(holds()).toBe(true);
    expect(twilio.validateRequest('new', sign('new'), url, fields)).toBe(true);
  });

  it('hold for either token while one is being replaced', () => {
    expect(holds({ signature: sign('old') })).toBe(true);
    expect(holds({ signature: sign('older') })).toBe(false);
    expect(holds({ tokens: [] })).toBe(false);
  });

  it('hold whether or not somebody on the way spells the port out', () => {
    expect(holds({ signature: sign('new', url.replace('id.example', 'id.example:443')) })).toBe(true);
    const withPort = url.replace('id.example', 'id.example:8443');
    expect(holds({ url: withPort, signature: sign('new', withPort) })).toBe(true);
    expect(holds({ url: withPort, signature: sign('new', url) })).toBe(true);
  });

  it('do not hold for another address, field or text', () => {
    expect(holds({ url: url.replace('atm_1', 'atm_2') })).toBe(false);
    expect(holds({ url: url.replace('id.example', 'evil.example') })).toBe(false);
    expect(holds({ fields: { ...fields, MessageStatus: 'failed' } })).toBe(false);
    expect(holds({ fields: { ...fields, Extra: '1' } })).toBe(false);
    expect(holds({ signature: '' })).toBe(false);
    expect(holds({ signature: sign('new').toLowerCase() })).toBe(false);
  });

  it('cover other bodies by their hash in the address', () => {
    const rawBody = Buffer.from('{"MessageStatus":"delivered"}');
    const hashed = `${url}&bodySHA256=${createHash('sha256').update(rawBody).digest('hex')}`;
    const signature = sign('new', hashed, {});
    expect(holds({ url: hashed, signature, fields: {}, rawBody })).toBe(true);
    expect(twilio.validateRequestWithBody('new', signature, hashed, rawBody.toString())).toBe(true);
    expect(holds({ url: hashed, signature, fields: {}, rawBody: Buffer.from('{}') })).toBe(false);
  });
});

describe('signatures of SendGrid', () => {
  /** The two vectors that the vendor published with its client libraries. */
  const vectors = [
    {
      key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==',
      signature: 'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=',
      timestamp: '1588788367',
      body: '{"category":"example_payload","event":"test_event","message_id":"message_id"}',
    },
    {
      key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
      signature: 'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
      timestamp: '1600112502',
      body: '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
    },
  ];

  it.each(vectors)(
    'hold for the published vector of $timestamp, and not for its body bent',
    ({ key, signature, timestamp, body }) => {
      const now = Number(timestamp) * 1_000 + 5_000;
      const holds = (change: { rawBody?: Buffer; timestamp?: string; now?: number; key?: string } = {}) =>
        sendgridSignatureHolds(change.key ?? key, {
          signature,
          timestamp: change.timestamp ?? timestamp,
          rawBody: change.rawBody ?? Buffer.from(body),
          now: change.now ?? now,
        });
      expect(holds()).toBe(true);
      expect(holds({ rawBody: Buffer.from(body.trimEnd().slice(0, -1)) })).toBe(false);
      if (body.endsWith('\r\n')) expect(holds({ rawBody: Buffer.from(body.slice(0, -2)) })).toBe(false);
      expect(holds({ timestamp: String(Number(timestamp) + 1) })).toBe(false);
      expect(holds({ timestamp: 'timestamp' })).toBe(false);
      expect(holds({ key: 'not a key' })).toBe(false);
    },
  );

  it('do not hold ten minutes later or earlier', () => {
    const fake = new FakeSendGrid();
    const { body, headers } = fake.signedEvents([{ event: 'delivered' }], 1_700_000_000);
    const at = (now: number) =>
      sendgridSignatureHolds(fake.webhookPublicKey, {
        signature: headers['x-twilio-email-event-webhook-signature'],
        timestamp: '1700000000',
        rawBody: Buffer.from(body),
        now,
      });
    expect([at(1_700_000_000_000), at(1_700_000_599_000), at(1_700_000_601_000), at(1_699_999_399_000)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('proofs of generic providers', () => {
  const rawBody = Buffer.from('{"id":"m1","st":"DELIVRD"}');
  const holds = (type: 'token' | 'hmac-sha256' | 'basic', header: string) =>
    genericProofHolds(['new-secret', 'old-secret'], { type, header, rawBody });

  it('take a token, bare or as bearer', () => {
    expect([
      holds('token', 'new-secret'),
      holds('token', 'Bearer old-secret'),
      holds('token', 'Bearer x'),
      holds('token', ''),
    ]).toEqual([true, true, false, false]);
  });

  it('take an HMAC of the raw body in hex or base64', () => {
    const mac = createHmac('sha256', 'old-secret').update(rawBody);
    const bytes = mac.digest();
    expect([
      holds('hmac-sha256', bytes.toString('hex')),
      holds('hmac-sha256', `sha256=${bytes.toString('hex').toUpperCase()}`),
      holds('hmac-sha256', bytes.toString('base64')),
    ]).toEqual([true, true, true]);
    expect(holds('hmac-sha256', createHmac('sha256', 'other').update(rawBody).digest('hex'))).toBe(false);
    expect(holds('hmac-sha256', 'new-secret')).toBe(false);
  });

  it('take a user name and password', () => {
    expect(holds('basic', `Basic ${Buffer.from('new-secret').toString('base64')}`)).toBe(true);
    expect(holds('basic', `Basic ${Buffer.from('x:y').toString('base64')}`)).toBe(false);
  });

  it('hold for nobody where no secret is set', () => {
    expect(genericProofHolds([], { type: 'token', header: '', rawBody })).toBe(false);
    expect(genericProofHolds([], { type: 'token', header: 'Bearer undefined', rawBody })).toBe(false);
  });
});
