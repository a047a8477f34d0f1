import { createHmac, randomBytes } from 'node:crypto';
import { VendorServer, type Answer, type ReceivedRequest } from './vendor-server';

interface TwilioMessage {
  readonly sid: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Twilio's magic numbers of test credentials, and what they answer. */
const TO_ERRORS: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};
const FROM_ERRORS: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};

/**
 * Twilio's Messages API on loopback: form in, JSON out, with its errors, its magic numbers, and its signed status callbacks,
 * which real test credentials never send.
 */
export class FakeTwilio {
  /** Where it listens, what it was sent, and how it misbehaves. */
  readonly server = new VendorServer((request) => this.handle(request));
  readonly messages: TwilioMessage[] = [];
  /** Error to answer every message with, by Twilio code. */
  errorCode: number | null = null;

  constructor(
    readonly accountSid = `AC${'0123456789abcdef'.repeat(2)}`,
    readonly authToken = 'fake-twilio-auth-token',
    readonly users: Readonly<Record<string, string>> = {},
  ) {}

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
    this.messages.length = 0;
    this.errorCode = null;
  }

  /** A status callback as Twilio makes it: form body, signed with the auth token over the address and sorted fields. */
  signedStatus(
    message: TwilioMessage,
    status: string,
    options: { readonly errorCode?: number; readonly token?: string; readonly publicUrl?: string } = {},
  ): { readonly url: string; readonly headers: Record<string, string>; readonly body: string } {
    const url = message.fields['StatusCallback'];
    if (url === undefined) throw new Error('the message asked for no callback');
    const fields: Record<string, string> = {
      MessageSid: message.sid,
      SmsSid: message.sid,
      SmsStatus: status,
      MessageStatus: status,
      AccountSid: this.accountSid,
      To: message.fields['To'] ?? '',
      From: message.fields['From'] ?? '',
      ApiVersion: '2010-04-01',
      ...(options.errorCode === undefined ? {} : { ErrorCode: String(options.errorCode) }),
    };
    const signature = twilioSignature(options.token ?? this.authToken, options.publicUrl ?? url, fields);
    return {
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(fields).toString(),
    };
  }

  /** Sends a status callback, to where the message asked for it unless told. */
  async callBack(
    message: TwilioMessage,
    status: string,
    options: Parameters<FakeTwilio['signedStatus']>[2] & { readonly sendTo?: string } = {},
  ): Promise<Response> {
    const { url, headers, body } = this.signedStatus(message, status, options);
    return fetch(options.sendTo ?? url, { method: 'POST', headers, body });
  }

  private handle(request: ReceivedRequest): Answer {
    const match = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})\/Messages\.json$/.exec(request.path);
    if (request.method !== 'POST' || match === null) return error(404, 20404, 'The requested resource was not found');
    const [user, password] = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64')
      .toString()
      .split(':');
    const expected = user === this.accountSid ? this.authToken : this.users[user ?? ''];
    if (match[1] !== this.accountSid || expected === undefined || password !== expected)
      return error(401, 20003, 'Authenticate');
    const fields = Object.fromEntries(new URLSearchParams(request.body));
    if (this.errorCode !== null) return error(this.errorCode === 20429 ? 429 : 400, this.errorCode, 'Told to fail');
    if (!fields['Body']) return error(400, 21602, 'Message body is required');
    if (!fields['From'] && !fields['MessagingServiceSid'])
      return error(400, 21603, "A 'From' phone number is required");
    const code = TO_ERRORS[fields['To'] ?? ''] ?? FROM_ERRORS[fields['From'] ?? ''];
    if (code !== undefined) return error(400, code, 'Magic number');
    if (!/^\+[1-9]\d{6,14}$/.test(fields['To'] ?? '')) return error(400, 21211, "Invalid 'To' Phone Number");
    const message: TwilioMessage = { sid: `SM${randomBytes(16).toString('hex')}`, fields };
    this.messages.push(message);
    return {
      status: 201,
      body: JSON.stringify({
        sid: message.sid,
        account_sid: this.accountSid,
        status: 'queued',
        error_code: null,
        error_message: null,
        num_segments: '1',
        num_media: '0',
        price: null,
        price_unit: 'USD',
        direction: 'outbound-api',
        api_version: '2010-04-01',
        date_created: new Date().toUTCString(),
        date_updated: new Date().toUTCString(),
        date_sent: null,
        to: fields['To'],
        from: fields['From'] ?? null,
        messaging_service_sid: fields['MessagingServiceSid'] ?? null,
        body: '',
        uri: `/2010-04-01/Accounts/${this.accountSid}/Messages/${message.sid}.json`,
        subresource_uris: {},
      }),
    };
  }
}

function error(status: number, code: number, message: string): Answer {
  return {
    status,
    body: JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${String(code)}`, status }),
  };
}

/** `X-Twilio-Signature` of a form: base64 of HMAC-SHA1 over the URL and each field, sorted by name. */
export function twilioSignature(token: string, url: string, fields: Readonly<Record<string, string>>): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, key) => text + key + (fields[key] ?? ''), url);
  return createHmac('sha1', token).update(signed, 'utf8').digest('base64');
}
