import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommitLost } from './sql-errors';
import { openSqlite, type SqliteConnection } from './sqlite-connections';
import { SqliteWriter } from './sqlite-writer';

describe('SqliteWriter', () => {
  let folder: string;
  let connection: SqliteConnection;
  let reader: SqliteConnection;
  let writer: SqliteWriter;
  let commits: number;
  /** Called in place of the next COMMIT. */
  let fault: (() => void) | null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-writer-'));
    const opened = openSqlite(join(folder, 'test.db'));
    connection = opened.writer;
    reader = opened.reader;
    connection.raw.exec('CREATE TABLE note (id TEXT PRIMARY KEY)');
    commits = 0;
    fault = null;
    const exec = connection.raw.exec.bind(connection.raw);
    connection.raw.exec = (sql: string) => {
      if (sql === 'COMMIT') {
        const failing = fault;
        fault = null;
        failing?.();
        commits += 1;
      }
      return exec(sql);
    };
    writer = new SqliteWriter(connection);
  });
  afterEach(async () => {
    await writer.close();
    connection.close();
    reader.close();
    rmSync(folder, { recursive: true });
  });

  const stored = () => reader.run('SELECT id FROM note ORDER BY id', []).rows.map((row) => (row as { id: string }).id);
  const unit = async (id: string, options: { keep?: boolean; alone?: boolean; wait?: Promise<void> } = {}) => {
    const slot = await writer.acquire({ alone: options.alone ?? false });
    slot.run('INSERT INTO note (id) VALUES (?)', [id]);
    await options.wait;
    await slot.finish(options.keep ?? true);
  };
  const many = (n: number) => Array.from({ length: n }, (_, i) => `n${String(i).padStart(3, '0')}`);

  it('lets waiting units share one COMMIT', async () => {
    await Promise.all(many(60).map((id) => unit(id)));
    expect(stored()).toEqual(many(60));
    expect(commits).toBe(1);
    expect(writer.totals).toEqual({ commits: 1, units: 60 });
  });

  it('undoes a unit that fails, and only that one', async () => {
    await Promise.all(many(9).map((id, i) => unit(id, { keep: i % 3 !== 0 })));
    expect(stored()).toEqual(many(9).filter((_, i) => i % 3 !== 0));
    expect(commits).toBe(1);
  });

  it('acknowledges nobody, not even those that failed, before what they saw is committed', async () => {
    const seen: string[][] = [];
    let release: () => void = () => undefined;
    const last = new Promise<void>((resolve) => (release = resolve));
    const units = [
      unit('a').then(() => seen.push(stored())),
      unit('b', { keep: false }).then(() => seen.push(stored())),
      unit('c', { wait: last }).then(() => seen.push(stored())),
    ];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([]);
    release();
    await Promise.all(units);
    expect(seen).toEqual([
      ['a', 'c'],
      ['a', 'c'],
      ['a', 'c'],
    ]);
  });

  it('fails every unit of a group whose COMMIT fails, stores none, and goes on', async () => {
    fault = () => {
      throw new Error('the disk is full');
    };
    const outcomes = await Promise.allSettled([unit('a'), unit('b', { keep: false }), unit('c')]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason instanceof CommitLost)).toEqual([
      true,
      true,
      true,
    ]);
    expect(stored()).toEqual([]);
    await unit('d');
    expect(stored()).toEqual(['d']);
  });

  it('fails the group when SQLite undoes the transaction in the middle, and refuses further statements of it', async () => {
    const first = unit('a');
    const second = (async () => {
      const slot = await writer.acquire();
      connection.raw.exec('ROLLBACK');
      expect(slot.lost).toBe(true);
      expect(() => slot.run('INSERT INTO note (id) VALUES (?)', ['stray'])).toThrow(CommitLost);
      await slot.finish(true);
    })();
    const third = unit('c');
    const outcomes = await Promise.allSettled([first, second, third]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(stored()).toEqual(['c']);
  });

  it('gives a unit that asks for it a COMMIT of its own', async () => {
    await Promise.all([unit('a'), unit('b', { alone: true }), unit('c')]);
    expect(stored()).toEqual(['a', 'b', 'c']);
    expect(commits).toBe(3);
  });

  it('bounds how many units share a COMMIT', async () => {
    await writer.close();
    writer = new SqliteWriter(connection, { maxUnits: 10 });
    await Promise.all(many(25).map((id) => unit(id)));
    expect(stored()).toEqual(many(25));
    expect(commits).toBe(3);
  });

  it('refuses statements after the unit is finished, and transaction control at any time', async () => {
    const slot = await writer.acquire();
    expect(() => slot.run('COMMIT', [])).toThrow('UnitOfWork alone');
    expect(() => slot.run('ROLLBACK TO unit', [])).toThrow('UnitOfWork alone');
    await slot.finish(true);
    expect(() => slot.run('INSERT INTO note (id) VALUES (?)', ['late'])).toThrow('has ended');
    expect(stored()).toEqual([]);
  });

  it('waits for another process that writes, without blocking this one', async () => {
    const other = openSqlite(join(folder, 'test.db'));
    other.writer.raw.exec('BEGIN IMMEDIATE');
    const waiting = unit('a');
    await new Promise((resolve) => setTimeout(resolve, 400));
    other.writer.run('INSERT INTO note (id) VALUES (?)', ['other']);
    other.writer.raw.exec('COMMIT');
    await waiting;
    expect(stored()).toEqual(['a', 'other']);
    other.writer.close();
    other.reader.close();
  });

  it('lets running units end when it closes, and refuses waiting ones', async () => {
    let release: () => void = () => undefined;
    const hold = new Promise<void>((resolve) => (release = resolve));
    const running = unit('a', { wait: hold });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const waiting = unit('b');
    const refused = expect(waiting).rejects.toThrow('closed');
    const closing = writer.close();
    release();
    await Promise.all([running, refused, closing]);
    expect(stored()).toEqual(['a']);
  });
});
