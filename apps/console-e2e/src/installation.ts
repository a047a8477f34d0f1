import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Person {
  readonly email: string;
  readonly password: string;
}

export interface DemoCredentials {
  readonly admin: Person;
  readonly super_admin: Person;
  readonly live_key: string;
  readonly test_key: string;
}

/** The built server as a process of its own, with the demo's people. */
export interface Installation {
  readonly url: string;
  readonly credentials: DemoCredentials;
  readonly output: () => string;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200 && output().includes('Live key:')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server was not ready:\n${output()}`);
}

/** Starts the demo in a folder of its own; with some days of traffic when they are asked for. */
export async function install(days = 0): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-console-'));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    TOLLGATE_PROFILE: 'demo',
    TOLLGATE_DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  if (days > 0) {
    const filled = spawnSync(process.execPath, ['dist/api/demo-data.js', '--days', String(days)], {
      env,
      encoding: 'utf8',
    });
    if (filled.status !== 0) throw new Error(`the demo data could not be made:\n${filled.stderr}`);
  }
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/api/main.js'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const url = `http://localhost:${port}`;
  await ready(url, child, () => text);
  return {
    url,
    credentials: JSON.parse(readFileSync(join(dataDir, 'demo-credentials.json'), 'utf8')) as DemoCredentials,
    output: () => text,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
