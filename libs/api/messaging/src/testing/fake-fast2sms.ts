import { randomBytes } from 'node:crypto';
import { VendorServer, type Answer, type ReceivedRequest } from './vendor-server';

/** Fast2SMS' bulkV2 on loopback, with its codes. */
export class FakeFast2Sms {
  /** Where it listens, what it was sent, and how it misbehaves. */
  readonly server = new VendorServer((request) => this.handle(request));
  readonly messages: Readonly<Record<string, string>>[] = [];
  /** Code to answer every message with: 416 = wallet empty, 995 = same number again. */
  statusCode: number | null = null;

  constructor(readonly apiKey = 'fake-fast2sms-key') {}

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
    this.statusCode = null;
  }

  private handle(request: ReceivedRequest): Answer {
    if (request.method !== 'POST' || request.path !== '/dev/bulkV2') return { status: 404, body: 'Not found' };
    if (request.headers.authorization !== this.apiKey)
      return error(401, 412, 'Invalid Authentication, Check Authorization Key');
    if (this.statusCode !== null) return error(400, this.statusCode, 'Told to fail');
    const fields = JSON.parse(request.body) as Record<string, string>;
    if (!/^[6-9]\d{9}$/.test(fields['numbers'] ?? '')) return error(400, 411, 'Invalid Numbers');
    if (fields['route'] === 'otp' && !/^\d{1,10}$/.test(fields['variables_values'] ?? ''))
      return error(400, 997, 'Variables Values must be numeric');
    if (fields['route'] === 'dlt' && !fields['message']) return error(400, 424, 'Invalid Message ID');
    if (fields['route'] === 'dlt_manual' && (!fields['entity_id'] || !fields['template_id']))
      return error(400, 425, 'Invalid template');
    this.messages.push(fields);
    return {
      status: 200,
      body: JSON.stringify({
        return: true,
        request_id: randomBytes(8).toString('hex'),
        message: ['SMS sent successfully.'],
      }),
    };
  }
}

function error(status: number, code: number, message: string): Answer {
  return { status, body: JSON.stringify({ return: false, status_code: code, message }) };
}
