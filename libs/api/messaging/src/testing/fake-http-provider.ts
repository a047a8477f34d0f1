import { randomBytes } from 'node:crypto';
import { FakeVendor, type Answer, type ReceivedRequest } from './fake-vendor';

/** An SMS API of nobody in particular, for the generic provider: `{status, data: {id}}` in, codes `E01` … out. */
export class FakeHttpProvider extends FakeVendor {
  readonly messages: {
    readonly id: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly headers: ReceivedRequest['headers'];
  }[] = [];
  answerCode: string | null = null;

  constructor() {
    super((request) => this.handle(request));
  }

  override reset(): void {
    super.reset();
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
