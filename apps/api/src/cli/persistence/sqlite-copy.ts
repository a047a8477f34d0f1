import BetterSqlite3 from 'better-sqlite3';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** All that is left in one step: a writer of another process between two steps would make SQLite begin anew. */
const ALL_PAGES = 0x7fffffff;

/** On the disk, name and all, before anybody is told that it is there. */
function settle(part: string, file: string): void {
  for (const [path, rename] of [
    [part, true],
    [dirname(file), false],
  ] as const) {
    const handle = openSync(path, 'r');
    fsyncSync(handle);
    closeSync(handle);
    if (rename) renameSync(part, file);
  }
}

/** Throws when the file is no sound database of ours. Leaves one file, without a log beside it. */
function inspect(file: string): void {
  const copy = new BetterSqlite3(file, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    const [result] = copy.pragma('integrity_check') as { integrity_check: string }[];
    if (result?.integrity_check !== 'ok') throw new Error(`the copy is damaged: ${result?.integrity_check ?? ''}`);
    const table = copy.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'`).get();
    if (table === undefined) throw new Error('it holds no schema of Tollgate');
  } catch (error) {
    throw new Error(`${file} cannot be used: ${error instanceof Error ? error.message : 'unknown fault'}`, {
      cause: error,
    });
  } finally {
    copy.close();
  }
}

/** Copies a database that others read and write, as of one moment, by SQLite's online backup. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const part = `${to}.part`;
  rmSync(part, { force: true });
  closeSync(openSync(part, 'wx', 0o600));
  const source = new BetterSqlite3(from, { readonly: true, fileMustExist: true, timeout: 30_000 });
  try {
    await source.backup(part, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  inspect(part);
  settle(part, to);
}

/**
 * Nobody may have it open: SQLite leaves the write-ahead log only for whoever is alone, and so tells. What was in the
 * log is in the file then, and none is left to be applied to another database.
 */
function assertUnused(file: string): void {
  const target = new BetterSqlite3(file, { timeout: 500 });
  try {
    target.pragma('journal_mode = DELETE');
  } catch (error) {
    throw new Error(`a server uses ${file}: stop it first`, { cause: error });
  } finally {
    target.close();
  }
}

export async function restoreSqlite(from: string, to: string, force: boolean): Promise<void> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  if (existsSync(to)) {
    if (!force) throw new Error(`${to} exists: restore into an empty folder, or give it up with --force`);
    assertUnused(to);
  }
  const part = `${to}.part`;
  copyFileSync(from, part);
  chmodSync(part, 0o600);
  inspect(part);
  for (const log of ['-wal', '-shm']) rmSync(to + log, { force: true });
  settle(part, to);
  await Promise.resolve();
}
