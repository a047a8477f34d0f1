import { connect, type Socket } from 'node:net';

/** A connection on which a test writes what no HTTP library would. */
export class RawConnection {
  private text = '';
  private readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (this.text += chunk));
    socket.on('error', () => undefined);
    this.closed = new Promise((done) => socket.once('close', () => done()));
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((done, fail) => {
      const socket = connect(port, '127.0.0.1', () => done(new RawConnection(socket)));
      socket.once('error', fail);
    });
  }

  write(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Everything that came until the server closed the connection. */
  async rest(): Promise<string> {
    await this.closed;
    return this.text;
  }

  end(): void {
    this.socket.destroy();
  }
}

/** Sends a request as it is and gives the whole answer. The request says `Connection: close`. */
export async function exchange(port: number, request: string): Promise<string> {
  const connection = await RawConnection.open(port);
  connection.write(request);
  return connection.rest();
}
