import { createTestDatabase, onBothEngines, type TestDatabase } from '@tollgate/api/testing';
import type { DataSource } from 'typeorm';
import { jobsSchema } from '../../../jobs/src/lib/persistence/migrations';
import { migration, type DatabaseSettings, type Migration, type SchemaPart } from '../index';
import { openDatabase } from './engine/open-data-source';
import { Migrator } from './migrator';
import { platformSchema } from './platform-schema';

const part = (...migrations: Migration[]): SchemaPart => ({ entities: [], migrations });

const shelves = migration({
  name: '2026-11-22-0091-shelves',
  up: (t) => [
    `CREATE TABLE shelf (id ${t.id} NOT NULL PRIMARY KEY, label ${t.text(40)} NOT NULL)${t.tableOptions}`,
    'CREATE INDEX shelf_label ON shelf (label)',
    "INSERT INTO shelf (id, label) VALUES ('a', 'first')",
  ],
  down: () => ['DROP TABLE shelf'],
});
const books = migration({
  name: '2026-11-22-0092-books',
  up: (t) => [
    `CREATE TABLE book (id ${t.id} NOT NULL PRIMARY KEY, shelf_id ${t.id} NOT NULL, pages ${t.int} NULL)${t.tableOptions}`,
    `ALTER TABLE shelf ADD COLUMN full_at ${t.instant} NULL`,
  ],
  down: () => ['ALTER TABLE shelf DROP COLUMN full_at', 'DROP TABLE book'],
});

onBothEngines((engine) => {
  let storage: TestDatabase;
  let source: DataSource;

  const open = async (): Promise<DataSource> => {
    const settings: DatabaseSettings =
      engine === 'mysql' ? { engine, url: storage.url } : { engine, file: storage.url.slice('sqlite:'.length) };
    return (await openDatabase(settings, [])).dataSource;
  };

  beforeEach(async () => {
    storage = await createTestDatabase(engine);
    source = await open();
  });
  afterEach(async () => {
    await source.destroy();
    await storage.drop();
  });

  /** Every table, column and index, as the engine describes them. */
  const catalogue = async (): Promise<unknown> => {
    if (engine === 'sqlite') {
      return source.query('SELECT name, tbl_name, sql FROM sqlite_master ORDER BY name');
    }
    const inSchema = 'WHERE table_schema = DATABASE()';
    return [
      await source.query(
        `SELECT table_name AS t, column_name AS c, column_type AS k, collation_name AS o, is_nullable AS n FROM information_schema.columns ${inSchema} ORDER BY table_name, ordinal_position`,
      ),
      await source.query(
        `SELECT table_name AS t, index_name AS i, column_name AS c, non_unique AS u FROM information_schema.statistics ${inSchema} ORDER BY table_name, index_name, seq_in_index`,
      ),
    ];
  };

  it('gives the same schema fresh, step by step, and after going down and up again', async () => {
    const parts = [platformSchema, jobsSchema, part(books, shelves)];
    const all = new Migrator(source, parts);
    const names = await all.migrate();
    expect(names).toEqual([...names].sort());
    expect(names.slice(-2)).toEqual([shelves.name, books.name]);
    const fresh = await catalogue();
    expect(await all.migrate()).toEqual([]);
    expect(await all.rollback(names.length)).toEqual([...names].reverse());
    const empty = await catalogue();
    expect(JSON.stringify(empty)).not.toMatch(/shelf|book|"job/);

    await new Migrator(source, [platformSchema]).migrate();
    await new Migrator(source, [platformSchema, part(shelves)]).migrate();
    await new Migrator(source, parts).migrate();
    if (engine === 'mysql') expect(await catalogue()).toEqual(fresh);
    else expect(JSON.stringify(await catalogue())).toBe(JSON.stringify(fresh));
  });

  it('reverts the newest steps only', async () => {
    const migrator = new Migrator(source, [part(shelves, books)]);
    await migrator.migrate();
    expect(await migrator.rollback(1)).toEqual([books.name]);
    expect(await migrator.pending()).toEqual([books.name]);
    expect(await source.query('SELECT id, label FROM shelf')).toEqual([{ id: 'a', label: 'first' }]);
  });

  it('refuses a text that was changed after it had been applied', async () => {
    await new Migrator(source, [part(shelves)]).migrate();
    const changed = { ...shelves, up: () => ['CREATE TABLE other (id INT NOT NULL PRIMARY KEY)'] };
    await expect(new Migrator(source, [part(changed, books)]).migrate()).rejects.toThrow('was changed after');
    expect(await new Migrator(source, [part(shelves, books)]).pending()).toEqual([books.name]);
  });

  it('goes on with a step that stopped half-way', async () => {
    const wrong = { ...shelves, up: (t: Parameters<Migration['up']>[0]) => [...shelves.up(t).slice(0, 2), 'NONSENSE'] };
    await expect(new Migrator(source, [part(wrong)]).migrate()).rejects.toThrow('failed at its statement 3');
    if (engine === 'mysql') {
      expect(await source.query('SELECT state, statement FROM schema_migration')).toEqual([
        { state: 'applying', statement: 2 },
      ]);
      // As if the process had died after the index was made and before that was recorded.
      await source.query('UPDATE schema_migration SET statement = 1');
      await source.query(
        'UPDATE schema_migration SET checksum = (SELECT checksum FROM (SELECT checksum FROM schema_migration) c)',
      );
    } else {
      expect(await source.query(`SELECT name FROM sqlite_master WHERE name = 'shelf'`)).toEqual([]);
    }
    await expect(new Migrator(source, [part(wrong)]).migrate()).rejects.toThrow('failed at its statement 3');
    expect(await new Migrator(source, [part({ ...wrong, up: wrong.up })]).pending()).toEqual([shelves.name]);
  });

  it('lets several processes that start at once migrate once', async () => {
    const others = await Promise.all([open(), open(), open()]);
    const parts = [platformSchema, part(shelves, books)];
    const done = await Promise.all([source, ...others].map((each) => new Migrator(each, parts).migrate()));
    expect(done.flat().sort()).toEqual([...platformSchema.migrations, shelves, books].map(({ name }) => name).sort());
    expect(await source.query('SELECT COUNT(*) AS rows_there FROM shelf')).toEqual([{ rows_there: 1 }]);
    for (const each of others) await each.destroy();
  });

  it('refuses names that do not order, and two of one name', () => {
    expect(() => migration({ ...shelves, name: 'shelves' })).toThrow('YYYY-MM-DD-NNNN-what');
    expect(() => new Migrator(source, [part(shelves), part(shelves)])).toThrow('two migrations');
  });
});
