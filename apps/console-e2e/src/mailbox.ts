import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  readonly to: string;
  /** The plain text, as a mail program shows it. */
  readonly text: string;
}

/** A mail server on loopback that takes every mail, and lets a test read them as their receivers would. */
export class Mailbox {
  private readonly letters: Letter[] = [];
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      closeTimeout: 50,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const text = plainText(Buffer.concat(chunks).toString('latin1'));
          this.letters.push(...session.envelope.rcptTo.map(({ address }) => ({ to: address, text })));
          done();
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((done) => mailbox.server.listen(0, '127.0.0.1', done));
    return mailbox;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** The newest letter to somebody in which this is found; waits for it. */
  async find(to: string, what: RegExp): Promise<RegExpExecArray> {
    for (let tries = 0; tries < 1_200; tries += 1) {
      for (const letter of this.letters.toReversed()) {
        const found = letter.to === to ? what.exec(letter.text) : null;
        if (found !== null) return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${to} got no mail with ${String(what)}:\n${JSON.stringify(this.letters, null, 2)}`);
  }

  close(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }
}

/** The first `text/plain` of a message, with its transfer encoding undone. */
function plainText(raw: string): string {
  const boundary = /boundary="?([^";\r\n]+)/i.exec(raw)?.[1];
  const parts = boundary === undefined ? [raw] : raw.split(`--${boundary}`).slice(1);
  for (const part of parts) {
    const [head = '', ...body] = part.split('\r\n\r\n');
    if (boundary !== undefined && !/content-type:\s*text\/plain/i.test(head)) continue;
    const encoding = /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1]?.toLowerCase();
    return decoded(body.join('\r\n\r\n'), encoding ?? '7bit');
  }
  return '';
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  const bytes =
    encoding === 'quoted-printable'
      ? text
          .replaceAll('=\r\n', '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      : text;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
