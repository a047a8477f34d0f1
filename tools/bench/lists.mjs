// Lists of a million verifications: how long the API takes for the first page and for the 2,000th, reached by its
// cursors at 50 rows. Rows are copies of a real one, written straight into the database.
//
//   tools/run node tools/bench/lists.mjs [--engine sqlite|mysql|both] [--rows N] [--server FILE]
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServices } from '../test-services/test-services.mjs';
import { Connection, requestBytes } from './connection.mjs';
import { startFakeProvider } from './fake-provider.mjs';
import { machineFacts } from './machine.mjs';
import { closedLoop } from './pairs.mjs';
import { populate } from './population.mjs';
import { startProduct } from './product.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAGE = 50;
const PAGES = 2_000;
const BUDGET_MS = 150;
const CHUNK = 500;

function ulid(ms, sequence) {
  let time = '';
  for (let rest = ms, i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) time = DIGITS[rest % 32] + time;
  let tail = '';
  for (let rest = sequence, i = 0; i < 16; i += 1, rest = Math.floor(rest / 32)) tail = DIGITS[rest % 32] + tail;
  return time + tail;
}

/** Rows of 90 days, their organizations mixed as in use. The message of each is written too: pages show it. */
function* copies(template, send, owners, rows) {
  const now = Date.now();
  const step = (90 * 86_400_000) / rows;
  for (let index = 0; index < rows; index += 1) {
    const at = Math.floor(now - 3_600_000 - step * (rows - index));
    const [organization_id, application_id] = owners[(index * 7) % owners.length];
    const id = `vrf_${ulid(at, index)}`;
    const own = { organization_id, created_at: at, expires_at: at + 600_000, pending_key: null };
    yield [
      { ...template, ...own, id, application_id, ended_at: at + 20_000, destination_hash: ulid(at, index) },
      { ...send, message_id: `msg_${ulid(at, index)}`, verification_id: id, organization_id, queued_at: at },
    ];
  }
}

function insertText(table, columns, count) {
  const one = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: count }, () => one).join(', ')}`;
}

/** `execute(sql, values)` and `query(sql)` of either engine. */
async function fill({ execute, query }, rows) {
  const [template] = await query(`SELECT * FROM verification WHERE status = 'approved' LIMIT 1`);
  const [send] = await query('SELECT * FROM verification_send LIMIT 1');
  const found = await query('SELECT DISTINCT organization_id, application_id FROM verification');
  const owners = found.map((row) => [row.organization_id, row.application_id]);
  const tables = [
    ['verification', Object.keys(template)],
    ['verification_send', Object.keys(send)],
  ];
  let chunk = [];
  const flush = async () => {
    for (const [which, [table, columns]] of tables.entries()) {
      const values = chunk.flatMap((pair) => columns.map((column) => pair[which][column]));
      await execute(insertText(table, columns, chunk.length), values);
    }
    chunk = [];
  };
  for (const pair of copies(template, send, owners, rows)) {
    chunk.push(pair);
    if (chunk.length === CHUNK) await flush();
  }
  if (chunk.length > 0) await flush();
}

async function fillSqlite(file, rows) {
  const db = new BetterSqlite3(file, { timeout: 60_000 });
  db.pragma('synchronous = OFF');
  // A transaction for each chunk, so that the server's own writes get their turns.
  await fill(
    { execute: async (sql, values) => db.prepare(sql).run(values), query: async (sql) => db.prepare(sql).all() },
    rows,
  );
  db.close();
}

async function fillMysql(url, rows) {
  const connection = await mysql.createConnection(url);
  await connection.query('SET unique_checks = 0');
  await connection.beginTransaction();
  const query = async (sql) => (await connection.query(sql))[0];
  await fill({ execute: (sql, values) => connection.query(sql, values), query }, rows);
  await connection.commit();
  await connection.query('ANALYZE TABLE verification, verification_send');
  await connection.end();
}

/** Follows the cursors. @returns ms of the first page, and of each after it */
async function follow(product, { query = '', organization, pages = PAGES } = {}) {
  const connection = await Connection.open(product.port);
  const head = [`cookie: ${product.session.cookie}`];
  if (organization !== undefined) head.push(`tollgate-organization: ${organization}`);
  const took = [];
  let cursor = null;
  for (let page = 0; page < pages; page += 1) {
    const after = cursor === null ? '' : `&cursor=${cursor}`;
    const bytes = requestBytes('GET', `/v1/verifications?limit=${PAGE}${query}${after}`, head);
    const began = performance.now();
    const { status, body } = await connection.send(bytes);
    took.push(performance.now() - began);
    if (status !== 200) throw new Error(`a page was answered with ${status}: ${body}`);
    cursor = JSON.parse(body).next_cursor;
    if (cursor === null) break;
  }
  connection.close();
  const sorted = [...took].sort((a, b) => a - b);
  return {
    pages: took.length,
    firstMs: took[0],
    lastMs: took.at(-1),
    p50: sorted[Math.floor(sorted.length * 0.5)],
    p99: sorted[Math.floor(sorted.length * 0.99)],
    max: sorted.at(-1),
  };
}

async function runEngine(engine, { rows, server, folder }) {
  const dataDir = join(folder, engine);
  mkdirSync(dataDir, { recursive: true });
  const services = engine === 'mysql' ? await startServices({ durable: true }) : null;
  const databaseUrl = services === null ? undefined : `${services.env.TEST_MYSQL_URL}/tollgate_lists`;
  if (services !== null) {
    const admin = await mysql.createConnection(services.env.TEST_MYSQL_URL);
    await admin.query('DROP DATABASE IF EXISTS tollgate_lists');
    await admin.query('CREATE DATABASE tollgate_lists');
    await admin.end();
  }
  const provider = await startFakeProvider();
  const product = await startProduct({ server, dataDir, databaseUrl });
  try {
    const organizations = await populate(product, { provider, organizations: 4 });
    await closedLoop({ port: product.port, provider, organizations, clients: 4, seconds: 1 });
    const began = performance.now();
    await (engine === 'sqlite' ? fillSqlite(join(dataDir, 'tollgate.db'), rows) : fillMysql(databaseUrl, rows));
    console.error(`${engine}: ${rows} rows in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    const organization = organizations[0].id;
    const lists = {
      'of all organizations': await follow(product),
      'of one organization': await follow(product, { organization }),
      'of one organization, approved': await follow(product, { organization, query: '&status=approved', pages: 100 }),
      'of one organization, none of its rows': await follow(product, {
        organization,
        query: '&status=failed',
        pages: 1,
      }),
      'of all, oldest first': await follow(product, { query: '&sort=created_at', pages: 100 }),
    };
    return { engine, lists };
  } finally {
    await product.stop();
    provider.close();
    await services?.stop();
  }
}

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    rows: { type: 'string', default: '1000000' },
    server: { type: 'string', default: join(ROOT, 'dist/api/main.js') },
  },
});
const folder = join(ROOT, 'tmp', 'bench', `lists-${Date.now()}`);
mkdirSync(folder, { recursive: true });
try {
  const options = { rows: Number(values.rows), server: resolve(values.server), folder };
  const runs = [];
  for (const engine of values.engine === 'both' ? ['sqlite', 'mysql'] : [values.engine]) {
    runs.push(await runEngine(engine, options));
  }
  writeFileSync(`${folder}.json`, JSON.stringify({ machine: machineFacts(), rows: options.rows, runs }, null, 2));
  for (const { engine, lists } of runs) {
    for (const [name, { pages, firstMs, lastMs, p50, p99, max }] of Object.entries(lists)) {
      const ms = (value) => `${value.toFixed(1)} ms`;
      const met = firstMs <= BUDGET_MS && lastMs <= BUDGET_MS ? 'met' : 'MISSED';
      console.log(
        `${engine}, ${name}: first ${ms(firstMs)}, page ${pages} ${ms(lastMs)} (all: p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}); budget ${BUDGET_MS} ms: ${met}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
