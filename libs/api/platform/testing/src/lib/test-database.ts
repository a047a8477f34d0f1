import type { Engine } from '@tollgate/api/database';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** An empty database of its own, gone when it is dropped. */
export interface TestDatabase {
  readonly engine: Engine;
  /** As in DATABASE_URL. */
  readonly url: string;
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

async function onServer(sql: string): Promise<void> {
  const connection = await mysql.createConnection(mysqlServerUrl());
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-test-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  if (engine === 'sqlite') return { engine, dataDir, url: `sqlite:${join(dataDir, 'test.db')}`, drop: removeFolder };
  const name = `tollgate_test_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = new URL(mysqlServerUrl());
  url.pathname = `/${name}`;
  return {
    engine,
    dataDir,
    url: url.toString(),
    drop: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name}`);
      await removeFolder();
    },
  };
}
