import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How a fake misbehaves: it never answers, gives a byte now and then, answers 200 with nonsense, or cuts the line. */
export type Misbehaviour =
  'hang' | 'drip' | 'lie' | 'reset' | 'huge' | 'redirect' | { readonly status: number; readonly body?: string };

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A local HTTP server for a fake to hold. Vendors differ in `answer`; misbehaviour is the same for all. */
export class VendorServer {
  readonly received: ReceivedRequest[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private always: Misbehaviour | null = null;
  private readonly next: Misbehaviour[] = [];
  /** Ms before each ordinary answer. */
  latencyMs = 0;
  /** How many calls were under way together, at most. */
  mostAtOnce = 0;
  private atOnce = 0;

  constructor(private readonly answer: (request: ReceivedRequest) => Answer | Promise<Answer>) {
    this.server = createServer((request, response) => {
      this.receive(request, response).catch(() => response.destroy());
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Listens on a free port of loopback, or on the one named. */
  start(port = 0): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** For the next calls, one each. */
  misbehave(...how: readonly Misbehaviour[]): void {
    this.next.push(...how);
  }

  /** For every call until `null`. */
  misbehaveAlways(how: Misbehaviour | null): void {
    this.always = how;
  }

  reset(): void {
    this.received.length = 0;
    this.next.length = 0;
    this.always = null;
    this.latencyMs = 0;
    this.mostAtOnce = 0;
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      at: Date.now(),
    };
    this.received.push(received);
    const how = this.next.shift() ?? this.always;
    if (how !== null) {
      this.disturb(how, request, response);
      return;
    }
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    if (this.latencyMs > 0) await new Promise((resolve) => this.later(resolve, this.latencyMs));
    const { status, headers, body } = await this.answer(received);
    this.atOnce -= 1;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body ?? '');
  }

  private disturb(how: Misbehaviour, request: IncomingMessage, response: ServerResponse): void {
    if (typeof how === 'object') {
      response.writeHead(how.status, { 'content-type': 'application/json' }).end(how.body ?? '');
      return;
    }
    switch (how) {
      case 'hang':
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'lie':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the hotel network</html>');
        return;
      case 'redirect':
        response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
        return;
      case 'huge':
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"filler":"${'x'.repeat(2_000_000)}"}`);
        return;
      case 'drip': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 50);
        this.timers.add(timer);
        response.on('close', () => {
          clearInterval(timer);
          this.timers.delete(timer);
        });
        return;
      }
    }
  }

  private later(fn: (value: unknown) => void, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      fn(undefined);
    }, ms);
    this.timers.add(timer);
  }
}
