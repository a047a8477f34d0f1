import type { DatabaseSettings, Engine } from '@tollgate/api/database';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2/promise';

/** An empty database of its own, gone when it is dropped. */
export interface TestDatabase {
  readonly engine: Engine;
  /** As in DATABASE_URL. */
  readonly url: string;
  /** As `migrate` and the like take it. */
  readonly settings: DatabaseSettings;
  /** Rows of a statement on a connection of its own, past the platform: for what a spec must see or break. */
  directly<Row>(sql: string): Promise<Row[]>;
  /** A folder for files of this run. */
  readonly dataDir: string;
  drop(): Promise<void>;
}

/** Throws, and so fails the spec, when the server is not named: nothing is skipped in silence. */
export function mysqlServerUrl(): string {
  const url = process.env['TEST_MYSQL_URL'];
  if (url === undefined || url === '') {
    throw new Error('TEST_MYSQL_URL is not set: run the tests with `npm test`, which finds or starts the servers');
  }
  return url;
}

/** The Redis of the tests; throws like `mysqlServerUrl`. */
export function redisServerUrl(): string {
  const url = process.env['TEST_REDIS_URL'];
  if (url === undefined || url === '') {
    throw new Error('TEST_REDIS_URL is not set: run the tests with `npm test`, which finds or starts the servers');
  }
  return url;
}

async function onServer(url: string, sql: string): Promise<unknown> {
  const connection = await mysql.createConnection(url);
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

function onFile(file: string, sql: string): unknown[] {
  const connection = new BetterSqlite3(file);
  try {
    const statement = connection.prepare(sql);
    if (statement.reader) return statement.all();
    statement.run();
    return [];
  } finally {
    connection.close();
  }
}

export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-test-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  if (engine === 'sqlite') {
    const file = join(dataDir, 'test.db');
    return {
      engine,
      dataDir,
      url: `sqlite:${file}`,
      settings: { engine, file },
      directly: <Row>(sql: string) => Promise.resolve(onFile(file, sql) as Row[]),
      drop: removeFolder,
    };
  }
  const name = `tollgate_test_${randomBytes(8).toString('hex')}`;
  await onServer(mysqlServerUrl(), `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = new URL(mysqlServerUrl());
  url.pathname = `/${name}`;
  return {
    engine,
    dataDir,
    url: url.toString(),
    settings: { engine, url: url.toString() },
    directly: async <Row>(sql: string) => (await onServer(url.toString(), sql)) as Row[],
    drop: async () => {
      await onServer(mysqlServerUrl(), `DROP DATABASE IF EXISTS ${name}`);
      await removeFolder();
    },
  };
}
