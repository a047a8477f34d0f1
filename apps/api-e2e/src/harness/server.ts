import { jest } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@tollgate/api/testing';
import { createClient, type Client } from '@tollgate/contracts';
import type { Engine } from '@tollgate/api/database';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { ensureBuilt, ROOT, SERVER } from './built-server';

/** Only so that a hung start ends: machines are shared. */
const START_MS = 110_000;
const STOP_MS = 60_000;

// Starting takes a second; on a busy machine many.
jest.setTimeout(120_000);

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export interface ServerOptions {
  readonly engine?: Engine;
  readonly environment?: Readonly<Record<string, string>>;
  /** Another server whose database this one shares. */
  readonly beside?: RunningServer;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LogLine {
  readonly level: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

/** The built server in a process of its own, as an operator runs it, on a database of its own. */
export class RunningServer {
  private text = '';
  private ended: Ending | null = null;
  private readonly end: Promise<Ending>;

  constructor(
    readonly process: ChildProcess,
    readonly port: number,
    readonly storage: TestDatabase,
  ) {
    process.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    process.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    running.add(process);
    this.end = new Promise((done) => {
      process.once('exit', (code, signal) => {
        running.delete(process);
        this.ended = { code, signal };
        done(this.ended);
      });
    });
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Everything that it wrote, for tests that search logs. */
  get output(): string {
    return this.text;
  }

  get logs(): LogLine[] {
    const lines = this.text.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  /** A client of the contract with these headers. */
  client(headers: Readonly<Record<string, string>> = {}): Client {
    return createClient({ baseUrl: this.url, headers });
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { redirect: 'manual', ...init });
  }

  /** Until `/readyz` says yes. Throws, with what it wrote, when it ends or takes too long. */
  async ready(): Promise<void> {
    const until = performance.now() + START_MS;
    while (performance.now() < until) {
      if (this.ended !== null) throw new Error(`the server ended with ${this.ended.code}:\n${this.text}`);
      const answer = await this.fetch('/readyz').catch(() => null);
      if (answer?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await this.signal('SIGKILL');
    throw new Error(`the server was not ready after ${START_MS} ms:\n${this.text}`);
  }

  /** Sends a signal and waits for the end. */
  async signal(signal: NodeJS.Signals): Promise<Ending> {
    this.process.kill(signal);
    return this.ending();
  }

  /** Waits for the end; what outlives its time is killed, so that no run leaves a process behind. */
  async ending(): Promise<Ending> {
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    const ending = await this.end;
    clearTimeout(timer);
    return ending;
  }

  /** Stops it and removes its database, unless it shares somebody else's. */
  async close(): Promise<void> {
    if (this.ended === null) await this.signal('SIGTERM');
    if (!this.shares) await this.storage.drop();
  }

  shares = false;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

/** Starts the built server without waiting for it: for tests of how it starts and fails to. */
export async function spawnServer({
  engine = 'sqlite',
  environment = {},
  beside,
}: ServerOptions = {}): Promise<RunningServer> {
  ensureBuilt();
  const storage = beside?.storage ?? (await createTestDatabase(engine));
  const port = environment['PORT'] === undefined ? await freePort() : Number(environment['PORT']);
  const child = spawn(process.execPath, [SERVER], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      TOLLGATE_PROFILE: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      TOLLGATE_DATA_DIR: storage.dataDir,
      DATABASE_URL: storage.url,
      LOG_LEVEL: 'info',
      ...environment,
    },
  });
  const server = new RunningServer(child, port, storage);
  server.shares = beside !== undefined;
  return server;
}

/** A ready server. Close it in `afterAll`. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await spawnServer(options);
  try {
    await server.ready();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}
