import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { VendorServer, type Answer, type ReceivedRequest } from './vendor-server';

interface SendGridMail {
  readonly id: string;
  readonly body: SendGridBody;
}
interface SendGridBody {
  readonly personalizations: readonly { readonly to: readonly { readonly email: string }[] }[];
  readonly from: { readonly email: string };
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly custom_args?: Readonly<Record<string, string>>;
}

/** SendGrid's v3 mail API on loopback, with its errors and its signed event webhook. */
export class FakeSendGrid {
  /** Where it listens, what it was sent, and how it misbehaves. */
  readonly server = new VendorServer((request) => this.handle(request));
  readonly mails: SendGridMail[] = [];
  readonly webhookPublicKey: string;
  private readonly privateKey: KeyObject;
  /** Answer every mail with this status. */
  failWith: { readonly status: number; readonly field?: string } | null = null;

  constructor(readonly apiKey = 'SG.fake-sendgrid-key') {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    this.privateKey = privateKey;
    this.webhookPublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  }

  start(port = 0): Promise<void> {
    return this.server.start(port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  get url(): string {
    return this.server.url;
  }

  reset(): void {
    this.server.reset();
    this.mails.length = 0;
    this.failWith = null;
  }

  /** The events as SendGrid posts them; returns the request, so that specs can bend it. */
  signedEvents(events: readonly Readonly<Record<string, unknown>>[], atSeconds = Math.floor(Date.now() / 1_000)) {
    // SendGrid's bodies end with CR LF, and the signature covers it.
    const body = `${JSON.stringify(events)}\r\n`;
    const signature = createSign('sha256')
      .update(`${String(atSeconds)}${body}`)
      .sign(this.privateKey, 'base64');
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': String(atSeconds),
      },
    };
  }

  eventOf(mail: SendGridMail, event: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return {
      email: mail.body.personalizations[0]?.to[0]?.email ?? '',
      timestamp: Math.floor(Date.now() / 1_000),
      event,
      sg_event_id: randomBytes(12).toString('base64url'),
      sg_message_id: `${mail.id}.recvd-abc-0`,
      ...mail.body.custom_args,
      ...more,
    };
  }

  private handle(request: ReceivedRequest): Answer {
    if (request.method !== 'POST' || request.path !== '/v3/mail/send') return error(404, 'not found', null);
    if (request.headers.authorization !== `Bearer ${this.apiKey}`)
      return error(401, 'The provided authorization grant is invalid', null);
    if (this.failWith !== null) return error(this.failWith.status, 'told to fail', this.failWith.field ?? null);
    const body = JSON.parse(request.body) as SendGridBody;
    const to = body.personalizations[0]?.to[0]?.email ?? '';
    if (!/^[^@\s]+@[^@\s]+$/.test(to) || to.endsWith('@invalid.example'))
      return error(400, 'Does not contain a valid address.', 'personalizations.0.to');
    if (!body.from.email.includes('@'))
      return error(400, 'The from email does not contain a valid address.', 'from.email');
    const mail = { id: randomBytes(11).toString('base64url').replace(/\./g, ''), body };
    this.mails.push(mail);
    return { status: 202, headers: { 'x-message-id': mail.id } };
  }
}

function error(status: number, message: string, field: string | null): Answer {
  return { status, body: JSON.stringify({ errors: [{ message, field, help: null }] }) };
}
