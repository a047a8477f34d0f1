import { randomBytes } from 'node:crypto';
import { VendorServer, type Answer, type ReceivedRequest } from './vendor-server';

/** An SMS API of nobody in particular, for the generic provider: `{status, data: {id}}` in, codes `E01` … out. */
export class FakeHttpProvider {
  /** Where it listens, what it was sent, and how it misbehaves. */
  readonly server = new VendorServer((request) => this.handle(request));
  readonly messages: {
    readonly id: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly headers: ReceivedRequest['headers'];
  }[] = [];
  answerCode: string | null = null;

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
    this.answerCode = null;
  }

  private handle(request: ReceivedRequest): Answer {
    if (this.answerCode !== null)
      return { status: 200, body: JSON.stringify({ status: 'failed', code: this.answerCode }) };
    const id = randomBytes(8).toString('hex');
    this.messages.push({
      id,
      body: JSON.parse(request.body || '{}') as Record<string, unknown>,
      headers: request.headers,
    });
    return { status: 200, body: JSON.stringify({ status: 'queued', data: { id } }) };
  }
}
