import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole message, headers and all. */
  readonly raw: string;
}

/** How the server answers a recipient, by the local part: `unknown@…`, `full@…`, `busy@…`; and what it does with a message. */
const RECIPIENTS: Readonly<Record<string, readonly [number, string]>> = {
  unknown: [550, '5.1.1 No such user here'],
  full: [552, '5.2.2 Mailbox full'],
  busy: [450, '4.2.1 Mailbox busy, try again later'],
  greylisted: [451, '4.7.1 Greylisted'],
};

/** An SMTP server on loopback with `smtp-server`, the counterpart of nodemailer. */
export class FakeSmtp {
  readonly received: ReceivedMail[] = [];
  /** `refuse`: 554 after the message; `hang`: no reply after it; `drop`: the line is cut in its midst. */
  onData: 'accept' | 'refuse' | 'hang' | 'drop' = 'accept';
  /** Never greets. */
  silent = false;
  private readonly server: SMTPServer;
  private readonly sockets = new Set<Socket>();

  constructor(
    readonly user = 'mailer',
    readonly password = 'fake-smtp-password',
  ) {
    this.server = new SMTPServer({
      secure: false,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
      logger: false,
      closeTimeout: 50,
      onConnect: (_session, done) => {
        if (!this.silent) done();
      },
      onAuth: (auth, _session, done) => {
        if (auth.username === this.user && auth.password === this.password) done(null, { user: this.user });
        else done(Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 }));
      },
      onRcptTo: (address, _session, done) => {
        const answer = RECIPIENTS[address.address.split('@')[0] ?? ''];
        if (answer === undefined) done();
        else done(Object.assign(new Error(answer[1]), { responseCode: answer[0] }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.onData === 'hang') return;
          if (this.onData === 'drop') {
            this.cutAll();
            return;
          }
          if (this.onData === 'refuse') {
            done(Object.assign(new Error('5.7.1 Message refused as spam'), { responseCode: 554 }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map((recipient) => recipient.address),
            raw: Buffer.concat(chunks).toString('utf8'),
          });
          done();
        });
      },
    });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    this.cutAll();
    await closed;
  }

  private cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
