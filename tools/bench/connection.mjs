// A keep-alive HTTP/1.1 client that costs next to nothing, so that on a small machine the generator takes little from
// what it measures. It reads what our servers write: answers with a Content-Length, one request at a time.
import { connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** The bytes of a request. `head` lines are `name: value`. */
export function requestBytes(method, path, head, body) {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'host: localhost', ...head];
  if (body !== undefined) lines.push('content-type: application/json');
  if (method !== 'GET') lines.push(`content-length: ${Buffer.byteLength(content)}`);
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}

export class Connection {
  #socket;
  #pending = null;
  #chunks = null;

  static open(port) {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.removeListener('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#read(data));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  /** Answers `{ status, body }`, body as a Buffer. */
  send(bytes) {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #read(data) {
    const all = this.#chunks === null ? data : Buffer.concat([this.#chunks, data]);
    const end = all.indexOf(END_OF_HEAD);
    const head = end === -1 ? '' : all.latin1Slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (end === -1 || all.length < end + 4 + length) {
      this.#chunks = all;
      return;
    }
    this.#chunks = null;
    const pending = this.#pending;
    this.#pending = null;
    pending?.resolve({ status: Number(head.slice(9, 12)), body: all.subarray(end + 4, end + 4 + length) });
  }

  #fail(error) {
    const pending = this.#pending;
    this.#pending = null;
    pending?.reject(error);
  }
}

/** Connections that are opened when there is no idle one. */
export class Pool {
  #idle = [];
  #all = [];

  constructor(port) {
    this.port = port;
  }

  get size() {
    return this.#all.length;
  }

  async send(bytes) {
    let connection = this.#idle.pop();
    if (connection === undefined) {
      connection = await Connection.open(this.port);
      this.#all.push(connection);
    }
    const answer = await connection.send(bytes);
    this.#idle.push(connection);
    return answer;
  }

  close() {
    this.#all.forEach((connection) => connection.close());
  }
}

/** Sends the same request over `clients` connections for so long. @returns requests a second */
export async function hammer({ port, bytes, clients, seconds, expected = 200 }) {
  const until = performance.now() + seconds * 1_000;
  let done = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = await Connection.open(port);
      while (performance.now() < until) {
        const { status, body } = await connection.send(bytes);
        if (status !== expected) throw new Error(`answered with ${status}: ${body}`);
        done += 1;
      }
      connection.close();
    }),
  );
  return done / ((performance.now() - began) / 1_000);
}
