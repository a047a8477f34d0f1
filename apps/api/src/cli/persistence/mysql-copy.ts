import { spawn } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  readSync,
  closeSync,
  fstatSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';

const COMPLETED = '-- Dump completed';

function serverOf(url: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    tls: searchParams.get('tls') ?? 'false',
  };
}

/** For MySQL's and MariaDB's clients: each ignores the `loose` options of the other. */
function optionFile(url: string): string {
  const { host, port, user, password, tls } = serverOf(url);
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  const encrypted =
    tls === 'true' ? ['loose-ssl', 'loose-ssl-verify-server-cert', 'loose-ssl-mode=VERIFY_IDENTITY'] : [];
  const only = tls === 'unverified' ? ['loose-ssl', 'loose-ssl-mode=REQUIRED'] : [];
  return [
    '[client]',
    `host=${quoted(host)}`,
    `port=${port}`,
    'protocol=TCP',
    `user=${quoted(user)}`,
    `password=${quoted(password)}`,
    'default-character-set=utf8mb4',
    ...encrypted,
    ...only,
    '[mysqldump]',
    'loose-column-statistics=0',
    '',
  ].join('\n');
}

/**
 * Runs the first of the programs that there is. Address and password go by a file of mode 0600 that lives as long:
 * arguments and environment can be read by others on the machine.
 */
async function runClient(
  url: string,
  programs: readonly string[],
  args: readonly string[],
  streams: (child: { stdin: Writable; stdout: Readable }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
  try {
    const options = join(folder, 'client.cnf');
    writeFileSync(options, optionFile(url), { mode: 0o600 });
    for (const program of programs) {
      if (await runProgram(program, [`--defaults-extra-file=${options}`, ...args], streams)) return;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new Error(`none of ${programs.join(', ')} is on the PATH: install the client of your database`);
}

/** False when there is no such program. */
async function runProgram(
  program: string,
  args: readonly string[],
  streams: (child: { stdin: Writable; stdout: Readable }) => Promise<void>,
): Promise<boolean> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number | 'missing' | null>((done) => {
    child.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'ENOENT' ? 'missing' : null));
    child.once('close', (code) => done(code));
  });
  const moved = streams(child).then(
    () => null,
    (error: unknown) => error,
  );
  const status = await ended;
  if (status === 'missing') {
    await moved;
    return false;
  }
  const fault = await moved;
  if (status !== 0) throw new Error(`${program} failed: ${complaint.trim()}`);
  if (fault !== null) throw fault instanceof Error ? fault : new Error(`${program} was cut off`);
  return true;
}

async function connected<T>(url: string, act: (connection: Connection) => Promise<T>): Promise<T> {
  const { tls, ...server } = serverOf(url);
  const ssl = tls === 'false' ? {} : { ssl: { rejectUnauthorized: tls === 'true' } };
  const connection = await mysql.createConnection({ ...server, ...ssl });
  try {
    return await act(connection);
  } finally {
    await connection.end();
  }
}

async function column(connection: Connection, sql: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>({ sql, rowsAsArray: true });
  return rows.map((row) => String((row as unknown as unknown[])[0]));
}

function lastBytes(file: string, count: number): string {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, count));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(handle);
  }
}

/** A dump that was cut off lacks its last line, and half a database is worse than none. */
function assertComplete(file: string): void {
  if (!lastBytes(file, 400).includes(COMPLETED)) throw new Error(`${file} is not a complete dump`);
}

/** Dumps the database as of one moment, in one snapshot that holds nobody up. */
export async function dumpMysql(url: string, to: string): Promise<void> {
  const { database } = serverOf(url);
  const [version = ''] = await connected(url, (connection) => column(connection, 'SELECT VERSION()'));
  const programs = ['mysqldump', 'mariadb-dump'];
  if (/mariadb/i.test(version)) programs.reverse();
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const args = ['--single-transaction', '--quick', '--hex-blob', '--no-tablespaces', '--skip-lock-tables', database];
  await runClient(url, programs, args, async ({ stdin, stdout }) => {
    stdin.on('error', () => undefined).end();
    await pipeline(stdout, createWriteStream(part, { mode: 0o600, flush: true }));
  });
  assertComplete(part);
  renameSync(part, to);
}

/** Throws when a server is connected, or when there is something that nobody gave up. */
async function makeRoom(connection: Connection, database: string, force: boolean): Promise<void> {
  const others = await column(
    connection,
    'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
  );
  if (others.length > 0) throw new Error(`${others.length} connections use the database ${database}: stop the servers`);
  const tables = await column(
    connection,
    'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  if (tables.length === 0) return;
  if (!force) throw new Error(`the database ${database} is not empty: use an empty one, or give it up with --force`);
  await connection.query('SET foreign_key_checks = 0');
  for (const table of tables) await connection.query(`DROP TABLE ${mysql.escapeId(table)}`);
}

export async function loadMysql(from: string, url: string, force: boolean): Promise<void> {
  assertComplete(from);
  const { database } = serverOf(url);
  const [version = ''] = await connected(url, async (connection) => {
    await makeRoom(connection, database, force);
    return column(connection, 'SELECT VERSION()');
  });
  const programs = ['mysql', 'mariadb'];
  if (/mariadb/i.test(version)) programs.reverse();
  await runClient(url, programs, [database], async ({ stdin, stdout }) => {
    stdout.resume();
    await pipeline(createReadStream(from), stdin);
  });
  const faults = await connected(url, async (connection) => {
    const tables = await column(
      connection,
      'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    if (!tables.includes('schema_migration')) return ['it held no schema of Tollgate'];
    const [rows] = await connection.query<RowDataPacket[]>(
      `CHECK TABLE ${tables.map((t) => mysql.escapeId(t)).join(', ')}`,
    );
    return rows.filter((row) => row['Msg_type'] === 'error').map((row) => String(row['Msg_text']));
  });
  if (faults.length > 0) throw new Error(`the restored database is not sound: ${faults.join('; ')}`);
}
