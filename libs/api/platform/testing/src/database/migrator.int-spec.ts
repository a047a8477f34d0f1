import {
  migrate,
  migration,
  pendingMigrations,
  platformSchema,
  rollback,
  type Migration,
  type SchemaPart,
} from '@tollgate/api/database';
import { JobsModule } from '@tollgate/api/jobs';
import { createTestDatabase, onBothEngines, type TestDatabase } from '../index';

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
  beforeEach(async () => {
    storage = await createTestDatabase(engine);
  });
  afterEach(() => storage.drop());

  const up = (...parts: SchemaPart[]) => migrate(storage.settings, parts);

  /** Every table, column and index, as the engine describes them. */
  const catalogue = async (): Promise<unknown[]> => {
    if (engine === 'sqlite') return storage.directly('SELECT name, tbl_name, sql FROM sqlite_master ORDER BY name');
    const inSchema = 'WHERE table_schema = DATABASE()';
    return [
      ...(await storage.directly(
        `SELECT table_name AS t, column_name AS c, column_type AS k, collation_name AS o, is_nullable AS n FROM information_schema.columns ${inSchema} ORDER BY table_name, ordinal_position`,
      )),
      ...(await storage.directly(
        `SELECT table_name AS t, index_name AS i, column_name AS c, non_unique AS u FROM information_schema.statistics ${inSchema} ORDER BY table_name, index_name, seq_in_index`,
      )),
    ];
  };

  it('gives the same schema fresh, step by step, and after going down and up again', async () => {
    const parts = [platformSchema, JobsModule.schema, part(books, shelves)];
    const names = await up(...parts);
    expect(names).toEqual(names.toSorted());
    expect(names.slice(-2)).toEqual([shelves.name, books.name]);
    const fresh = await catalogue();
    expect(await up(...parts)).toEqual([]);

    expect(await rollback(storage.settings, parts, names.length)).toEqual(names.toReversed());
    expect(JSON.stringify(await catalogue())).not.toMatch(/shelf|book|job|cache/);

    await up(platformSchema);
    await up(platformSchema, part(shelves));
    await up(...parts);
    expect(await catalogue()).toEqual(fresh);
  });

  it('reverts the newest steps only', async () => {
    await up(part(shelves, books));
    expect(await rollback(storage.settings, [part(shelves, books)], 1)).toEqual([books.name]);
    expect(await pendingMigrations(storage.settings, [part(shelves, books)])).toEqual([books.name]);
    expect(await storage.directly('SELECT id, label FROM shelf')).toEqual([{ id: 'a', label: 'first' }]);
  });

  it('refuses a text that was changed after it had been applied', async () => {
    await up(part(shelves));
    const changed = { ...shelves, up: () => ['CREATE TABLE other (id INT NOT NULL PRIMARY KEY)'] };
    await expect(up(part(changed, books))).rejects.toThrow('was changed after');
    expect(await pendingMigrations(storage.settings, [part(shelves, books)])).toEqual([books.name]);
  });

  it('goes on with a step that stopped half-way, whether or not its last statement was recorded', async () => {
    await up();
    // A checksum covers the text, so the failure has to come from outside of it: a table that is in the way.
    await storage.directly('CREATE TABLE blocker (id INT NOT NULL PRIMARY KEY)');
    const halting = migration({
      name: '2026-11-22-0095-halting',
      up: (t) => [
        `CREATE TABLE shelf (id ${t.id} NOT NULL PRIMARY KEY, label ${t.text(40)} NOT NULL)${t.tableOptions}`,
        'CREATE INDEX shelf_label ON shelf (label)',
        'CREATE TABLE blocker (id INT NOT NULL PRIMARY KEY)',
        "INSERT INTO shelf (id, label) VALUES ('a', 'first')",
      ],
      down: () => ['DROP TABLE shelf', 'DROP TABLE blocker'],
    });
    const record = `SELECT state, statement FROM schema_migration WHERE name = '${halting.name}'`;
    await expect(up(part(halting))).rejects.toThrow('failed at its statement 3');
    if (engine === 'mysql') {
      expect(await storage.directly(record)).toEqual([{ state: 'applying', statement: 2 }]);
      await expect(rollback(storage.settings, [part(halting)], 1)).rejects.toThrow('run migrate first');
      // As if the process had died after the index was made and before that was recorded.
      await storage.directly(`UPDATE schema_migration SET statement = 1 WHERE name = '${halting.name}'`);
    } else {
      expect(await storage.directly(`SELECT name FROM sqlite_master WHERE name = 'shelf'`)).toEqual([]);
    }
    await storage.directly('DROP TABLE blocker');
    expect(await up(part(halting))).toEqual([halting.name]);
    expect(await storage.directly('SELECT id FROM shelf')).toEqual([{ id: 'a' }]);
    expect(await storage.directly(record)).toEqual([{ state: 'applied', statement: 4 }]);
    await rollback(storage.settings, [part(halting)], 1);
  });

  it('lets several processes that start at once migrate once', async () => {
    const parts = [platformSchema, part(shelves, books)];
    const done = await Promise.all(Array.from({ length: 4 }, () => up(...parts)));
    const names = [...platformSchema.migrations, shelves, books].map(({ name }) => name);
    expect(done.flat().toSorted()).toEqual(names.toSorted());
    expect(await storage.directly('SELECT COUNT(*) AS rows_there FROM shelf')).toEqual([{ rows_there: 1 }]);
  });

  it('refuses names that do not order, and two of one name', async () => {
    expect(() => migration({ ...shelves, name: 'shelves' })).toThrow('YYYY-MM-DD-NNNN-what');
    await expect(up(part(shelves), part({ ...shelves }))).rejects.toThrow('two migrations');
  });
});
