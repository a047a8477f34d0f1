import { migration, UnitOfWork, type SchemaPart } from '@tollgate/api/database';
import { bootSlice, type Slice } from '../index';

const schema: SchemaPart = {
  entities: [],
  migrations: [
    migration({
      name: '2026-11-22-0097-parcels',
      up: (t) => [
        `CREATE TABLE parcel (id ${t.id} NOT NULL PRIMARY KEY, content ${t.bytes} NOT NULL)${t.tableOptions}`,
      ],
      down: () => ['DROP TABLE parcel'],
    }),
  ],
};

let slice: Slice;
const add = (id: string, bytes = 10) =>
  slice.database.execute('INSERT INTO parcel (id, content) VALUES (?, ?)', [id, Buffer.alloc(bytes)]);
const stored = async () =>
  (await slice.database.query<{ id: string }>('SELECT id FROM parcel ORDER BY id')).map(({ id }) => id);
const inUnit = (id: string, bytes?: number) => slice.get(UnitOfWork).run(() => add(id, bytes));

describe('when MySQL drops connections', () => {
  beforeEach(async () => {
    slice = await bootSlice({
      engine: 'mysql',
      modules: [],
      schema: [schema],
      environment: { DATABASE_POOL_SIZE: '3' },
    });
  });
  afterEach(() => slice.close());

  const killAll = async () => {
    const others = await slice.storage.directly<{ id: number }>(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
    );
    for (const { id } of others) await slice.storage.directly(`KILL ${id}`);
  };

  it('goes on with idle connections that died, as if nothing had happened', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => inUnit(id)));
    await killAll();
    await Promise.all([inUnit('d'), inUnit('e'), stored()]);
    expect(await stored()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('answers unavailable to a transaction that lost its connection, stores nothing of it, and goes on', async () => {
    const failing = slice.get(UnitOfWork).run(async () => {
      await add('a');
      await killAll();
      await add('b');
    });
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    await inUnit('c');
    expect(await stored()).toEqual(['c']);
  });

  it('makes many transactions wait for few connections', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, i) => inUnit(`n${i}`)));
    expect(await stored()).toHaveLength(60);
  });
});

describe('when the disk of SQLite is full', () => {
  beforeEach(async () => {
    slice = await bootSlice({ engine: 'sqlite', modules: [], schema: [schema] });
  });
  afterEach(() => slice.close());

  it('answers unavailable to what does not fit, keeps everything that it acknowledged, and serves what fits', async () => {
    await inUnit('before');
    const limitTo = (pages: number) =>
      slice.get(UnitOfWork).run(() => slice.database.query(`PRAGMA max_page_count = ${pages}`));
    const [size] = await slice.database.query<{ page_count: number }>('PRAGMA page_count');
    await limitTo((size?.page_count ?? 0) + 10);
    const outcomes = await Promise.allSettled([
      inUnit('a'),
      inUnit('huge', 1_000_000),
      inUnit('b'),
      add('alone, huge', 1_000_000),
      inUnit('c'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'unavailable' });
    }
    expect(await stored()).toEqual(['a', 'b', 'before', 'c']);
    await limitTo(1_000_000);
    await inUnit('huge', 1_000_000);
    expect(await stored()).toContain('huge');
  });
});
