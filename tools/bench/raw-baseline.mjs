// B0: the best that the plain driver does with rows of the product's width: INSERT, UPDATE, each committed by itself,
// in a table made from the product's own, primary key only, on the same server, disk and durability settings.
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { join } from 'node:path';

const CONNECTIONS = [1, 8, 32, 64, 128];
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The statement by which the product ends a verification with its first check. */
const UPDATE = `UPDATE raw_verification SET check_count = ?, status = ?, first_check_at = ?, charged = charged + ?, held = 0,
  pending_key = NULL, resend_at = NULL, ended_at = ?
  WHERE id = ? AND status = 'pending' AND check_count = ? AND expires_at > ?`;

let made = 0;
/** Ids of the product's shape that grow, as its own do. */
function nextId() {
  made += 1;
  let text = '';
  for (let rest = made; text.length < 12; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32] + text;
  return `vrf_01KAN0${Date.now().toString(32).toUpperCase().padStart(8, '0').slice(-8)}${text}`;
}

/** A pending row like the one that was read, and the values of its check. */
function rowLike(template, columns) {
  const now = Date.now();
  const id = nextId();
  const row = { ...template, id, status: 'pending', check_count: 0, first_check_at: null, ended_at: null };
  row.pending_key = template.destination_hash;
  row.resend_at = now + 30_000;
  row.expires_at = now + 600_000;
  row.held = template.check_price;
  return { insert: columns.map((column) => row[column]), update: [1, 'approved', now, 1_000, now, id, 0, now] };
}

const insertOf = (columns) =>
  `INSERT INTO raw_verification (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
const A_ROW = `SELECT * FROM verification WHERE status = 'approved' ORDER BY id DESC LIMIT 1`;
const widthOf = (row) =>
  Object.values(row).reduce((sum, value) => sum + (value === null ? 0 : String(value).length), 0);

/** One connection is the most that SQLite can use: it has one writer. */
export function sqliteBaseline(dataDir, name) {
  const source = new BetterSqlite3(join(dataDir, 'tollgate.db'), { readonly: true });
  const { sql } = source.prepare(`SELECT sql FROM sqlite_master WHERE name = 'verification'`).get();
  const template = source.prepare(A_ROW).get();
  source.close();
  const raw = new BetterSqlite3(join(dataDir, name));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec('DROP TABLE IF EXISTS raw_verification');
  raw.exec(sql.replace(/CREATE TABLE "?verification"?/, 'CREATE TABLE raw_verification'));
  const columns = Object.keys(template);
  const insert = raw.prepare(insertOf(columns));
  const update = raw.prepare(UPDATE);
  return {
    width: widthOf(template),
    connections: [1],
    measure: async (_, seconds) => {
      const began = performance.now();
      let pairs = 0;
      while (performance.now() - began < seconds * 1_000) {
        const values = rowLike(template, columns);
        insert.run(values.insert);
        if (update.run(values.update).changes !== 1) throw new Error('the UPDATE met no row');
        pairs += 1;
      }
      return pairs / ((performance.now() - began) / 1_000);
    },
    close: async () => raw.close(),
  };
}

export async function mysqlBaseline(url) {
  const first = await mysql.createConnection(url);
  const [[template]] = await first.query(A_ROW);
  const [[{ 'Create Table': ddl }]] = await first.query('SHOW CREATE TABLE verification');
  const keyless = ddl
    .split('\n')
    .filter((line) => !/^\s+(UNIQUE )?KEY /.test(line))
    .join('\n')
    .replace(/,\n\)/, '\n)');
  await first.query('DROP TABLE IF EXISTS raw_verification');
  await first.query(keyless.replace('`verification`', '`raw_verification`'));
  const columns = Object.keys(template);
  const insert = insertOf(columns);
  return {
    width: widthOf(template),
    connections: CONNECTIONS,
    measure: async (count, seconds) => {
      const all = await Promise.all(Array.from({ length: count }, () => mysql.createConnection(url)));
      // Prepared once, as the product's statements are.
      await Promise.all(all.map((one) => Promise.all([one.prepare(insert), one.prepare(UPDATE)])));
      const began = performance.now();
      let pairs = 0;
      await Promise.all(
        all.map(async (one) => {
          while (performance.now() - began < seconds * 1_000) {
            const values = rowLike(template, columns);
            await one.execute(insert, values.insert);
            const [{ affectedRows }] = await one.execute(UPDATE, values.update);
            if (affectedRows !== 1) throw new Error('the UPDATE met no row');
            pairs += 1;
          }
        }),
      );
      const perSecond = pairs / ((performance.now() - began) / 1_000);
      await Promise.all(all.map((one) => one.end()));
      return perSecond;
    },
    close: async () => {
      await first.query('DROP TABLE raw_verification');
      await first.end();
    },
  };
}

/** Every number of connections for so long. @returns figures by connections, and the best */
export async function sweep(baseline, seconds) {
  const figures = [];
  for (const connections of baseline.connections) {
    figures.push({ connections, perSecond: await baseline.measure(connections, seconds) });
  }
  return figures;
}

export const best = (figures) => figures.reduce((one, other) => (other.perSecond > one.perSecond ? other : one));
