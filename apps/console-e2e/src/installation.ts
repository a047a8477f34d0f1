import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
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

/** The built server as a process of its own, in a folder of its own. */
export interface Site {
  readonly url: string;
  readonly output: () => string;
  stop(): Promise<void>;
}

/** With the demo's people. */
export interface Installation extends Site {
  readonly credentials: DemoCredentials;
}

interface Place {
  readonly dataDir: string;
  readonly port: number;
  readonly url: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });

async function newPlace(): Promise<Place> {
  const port = await freePort();
  return { dataDir: mkdtempSync(join(tmpdir(), 'tollgate-console-')), port, url: `http://localhost:${port}` };
}

async function ready(url: string, child: ChildProcess, output: () => string, greeting: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200 && output().includes(greeting)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server was not ready:\n${output()}`);
}

/** Serves until `stop`, which removes the folder too; resolves once it answers and has printed the greeting. */
async function serve({ url, dataDir }: Place, env: Environment, greeting: string): Promise<Site> {
  const child = spawn(process.execPath, ['dist/api/main.js'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await ready(url, child, () => text, greeting);
  return {
    url,
    output: () => text,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts the demo in a folder of its own; with some days of traffic when they are asked for. */
export async function install(days = 0): Promise<Installation> {
  const place = await newPlace();
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    TOLLGATE_PROFILE: 'demo',
    TOLLGATE_DATA_DIR: place.dataDir,
    PORT: String(place.port),
    LOG_LEVEL: 'warn',
  };
  if (days > 0) {
    const filled = spawnSync(process.execPath, ['dist/api/demo-data.js', '--days', String(days)], {
      env,
      encoding: 'utf8',
    });
    if (filled.status !== 0) throw new Error(`the demo data could not be made:\n${filled.stderr}`);
  }
  const site = await serve(place, env, 'Live key:');
  const credentials = JSON.parse(readFileSync(join(place.dataDir, 'demo-credentials.json'), 'utf8')) as DemoCredentials;
  return { ...site, credentials };
}

/**
 * Starts an empty installation in the production profile, with the least that its operator must set, and gives what the
 * operator reads on the terminal: the token that opens the set-up. It may reach servers on loopback.
 */
export async function installForProduction(): Promise<{ readonly site: Site; readonly setupToken: string }> {
  const place = await newPlace();
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(place.port),
    TOLLGATE_PUBLIC_URL: place.url,
    TOLLGATE_DATA_DIR: place.dataDir,
    TOLLGATE_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    TOLLGATE_HASH_KEY: randomBytes(32).toString('base64'),
    TOLLGATE_OUTBOUND_ALLOW: '127.0.0.1',
    LOG_LEVEL: 'warn',
  };
  const site = await serve(place, env, 'Set-up token:');
  const setupToken = /^Set-up token: (\S+)$/m.exec(site.output())?.[1];
  if (setupToken === undefined) throw new Error(`no token was printed:\n${site.output()}`);
  return { site, setupToken };
}
