// An installation of the built demo that is made to be killed: its own folder, database and port.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';

/** Only so that a hung run ends: the machine may be busy. */
const START_MS = 300_000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function onServer(url, sql) {
  const connection = await mysql.createConnection(url);
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

export class Installation {
  child = null;
  output = '';

  constructor(engine, dist, folder, port, url) {
    Object.assign(this, { engine, dist, folder, port, url });
  }

  /** @param {'sqlite' | 'mysql'} engine @param {string} dist the folder of main.js and cli.js */
  static async make(engine, dist) {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-faults-'));
    const port = await freePort();
    if (engine === 'sqlite')
      return new Installation(engine, dist, folder, port, `sqlite:${join(folder, 'tollgate.db')}`);
    const server = process.env.TEST_MYSQL_URL;
    if (!server) throw new Error('TEST_MYSQL_URL names no server');
    const name = `tollgate_faults_${randomBytes(6).toString('hex')}`;
    await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return new Installation(engine, dist, folder, port, url.toString());
  }

  get environment() {
    // With Redis no process waits for the lease of the one that was killed.
    const redis = this.engine === 'mysql' ? process.env.TEST_REDIS_URL : undefined;
    return {
      PATH: process.env.PATH,
      TOLLGATE_PROFILE: 'demo',
      TOLLGATE_DATA_DIR: this.folder,
      DATABASE_URL: this.url,
      PORT: String(this.port),
      LOG_LEVEL: 'warn',
      ...(redis ? { REDIS_URL: redis } : {}),
    };
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  /** Starts the server, without waiting until it answers. */
  spawn() {
    const child = spawn(process.execPath, [join(this.dist, 'main.js')], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (this.output = (this.output + text).slice(-50_000)));
    child.stdout.resume();
    this.child = child;
  }

  async ready() {
    for (const until = performance.now() + START_MS; performance.now() < until; await sleep(25)) {
      if (this.child.exitCode !== null) throw new Error(`the server ended by itself:\n${this.output}`);
      const answer = await fetch(`${this.origin}/readyz`).catch(() => null);
      if (answer?.status === 200) return;
    }
    throw new Error(`the server was not ready after ${START_MS} ms:\n${this.output}`);
  }

  async start() {
    this.spawn();
    await this.ready();
  }

  /** @param {NodeJS.Signals} signal */
  async end(signal) {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  get credentials() {
    return JSON.parse(readFileSync(join(this.folder, 'demo-credentials.json'), 'utf8'));
  }

  /** Runs a command of the CLI; its status and what it said. */
  command(...args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.dist, 'cli.js'), ...args], {
      env: this.environment,
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  }

  /** Rows of a SELECT, past the server. */
  async rows(sql) {
    if (this.engine === 'mysql') return onServer(this.url, sql);
    const file = new BetterSqlite3(join(this.folder, 'tollgate.db'), { readonly: true });
    try {
      return file.prepare(sql).all();
    } finally {
      file.close();
    }
  }

  /** Changes rows, past the server, which must be stopped. */
  async change(sql) {
    if (this.engine === 'mysql') return onServer(this.url, sql);
    const file = new BetterSqlite3(join(this.folder, 'tollgate.db'));
    try {
      return file.prepare(sql).run();
    } finally {
      file.close();
    }
  }

  async remove() {
    await this.end('SIGKILL');
    if (this.engine === 'mysql')
      await onServer(process.env.TEST_MYSQL_URL, `DROP DATABASE IF EXISTS ${new URL(this.url).pathname.slice(1)}`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
