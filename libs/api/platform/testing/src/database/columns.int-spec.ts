import { bootSlice, onBothEngines, type Slice } from '../index';
import { Entity } from 'typeorm';
import {
  AmountColumn,
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongColumn,
  migration,
  TextColumn,
  type SchemaPart,
} from '@tollgate/api/database';

@Entity('specimen')
class Specimen {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(64) lookupKey!: string;
  @TextColumn(20, { name: 'title' }) displayName!: string;
  @LongColumn({ nullable: true }) body!: string | null;
  @JsonColumn({ nullable: true }) settings!: { readonly deep: readonly [number, { readonly text: string }] } | null;
  @InstantColumn({ nullable: true }) endedAt!: number | null;
  @AmountColumn() balance!: number;
  @IntColumn() tries!: number;
  @BoolColumn() enabled!: boolean;
  @BoolColumn({ nullable: true }) verified!: boolean | null;
}

const schema: SchemaPart = {
  entities: [Specimen],
  migrations: [
    migration({
      name: '2026-11-22-0094-specimens',
      up: (t) => [
        `CREATE TABLE specimen (id ${t.id} NOT NULL PRIMARY KEY, lookup_key ${t.key(64)} NOT NULL, title ${t.text(20)} NOT NULL, body ${t.long} NULL, settings ${t.long} NULL, ended_at ${t.instant} NULL, balance ${t.amount} NOT NULL, tries ${t.int} NOT NULL, enabled ${t.bool} NOT NULL, verified ${t.bool} NULL, raw ${t.bytes} NULL)${t.tableOptions}`,
        'CREATE UNIQUE INDEX specimen_title ON specimen (title)',
      ],
      down: () => ['DROP TABLE specimen'],
    }),
  ],
};

onBothEngines((engine) => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [], schema: [schema] });
  });
  afterAll(() => slice.close());

  const full: Specimen = {
    id: 'a',
    lookupKey: 'f'.repeat(64),
    displayName: 'Ünïcödé 東京 😀',
    body: 'x'.repeat(100_000),
    settings: { deep: [1, { text: "quote ' and \\ and ?" }] },
    endedAt: 1_800_000_000_123,
    balance: Number.MAX_SAFE_INTEGER,
    tries: -2_147_483_648,
    enabled: true,
    verified: false,
  };

  it('stores and reads back every kind of column', async () => {
    const empty = { ...full, id: 'b', displayName: 'b', body: null, settings: null, endedAt: null, verified: null };
    await slice.database.manager.insert(Specimen, [full, empty]);
    expect(await slice.database.manager.find(Specimen, { order: { id: 'ASC' } })).toEqual([full, empty]);
    await slice.database.manager.update(
      Specimen,
      { id: 'b' },
      { verified: true, enabled: false, settings: full.settings },
    );
    expect(await slice.database.manager.findOneBy(Specimen, { verified: true, enabled: false })).toMatchObject({
      id: 'b',
      settings: full.settings,
    });
  });

  it('gives raw SQL plain numbers, text and bytes', async () => {
    const bytes = Buffer.from([0, 1, 255, 39, 92]);
    await slice.database.execute('UPDATE specimen SET raw = ?, balance = ? WHERE id = ?', [bytes, 12n, 'a']);
    expect(
      await slice.database.query('SELECT title, ended_at, balance, enabled, raw FROM specimen WHERE id = ?', ['a']),
    ).toEqual([{ title: full.displayName, ended_at: full.endedAt, balance: 12, enabled: 1, raw: bytes }]);
  });

  it('compares text byte by byte: case and accents count', async () => {
    const { manager } = slice.database;
    for (const [id, title] of Object.entries({ c: 'abc-e', d: 'ABC-e', e: 'abc-é', f: 'ABC-É' })) {
      await manager.insert(Specimen, { ...full, id, displayName: title });
    }
    expect(await manager.countBy(Specimen, { displayName: 'abc-é' })).toBe(1);
    const duplicate: unknown = await manager
      .insert(Specimen, { ...full, id: 'g', displayName: 'abc-é' })
      .catch((error: unknown) => error);
    expect(slice.database.isDuplicate(duplicate)).toBe(true);
    expect(slice.database.isDuplicate(new Error('other'))).toBe(false);
  });

  it('answers a look-up of an ascii key by text that is not ascii without an internal error', async () => {
    const lookUp = slice.database.query('SELECT id FROM specimen WHERE lookup_key = ?', ['é😀']);
    if (engine === 'sqlite') expect(await lookUp).toEqual([]);
    else await expect(lookUp).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
