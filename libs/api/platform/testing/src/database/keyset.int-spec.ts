import { bootSlice, onBothEngines, type Slice } from '../index';
import { keysetPage, migration, where, type KeysetList, type SchemaPart } from '@tollgate/api/database';

interface Row {
  id: string;
  name: string;
  rank: number;
}

const schema: SchemaPart = {
  entities: [],
  migrations: [
    migration({
      name: '2026-11-22-0093-things',
      up: (t) => [
        `CREATE TABLE thing (id ${t.id} NOT NULL PRIMARY KEY, owner ${t.id} NOT NULL, name ${t.text(40)} NOT NULL, position ${t.int} NOT NULL)${t.tableOptions}`,
        'CREATE INDEX thing_position ON thing (owner, position, id)',
      ],
      down: () => ['DROP TABLE thing'],
    }),
  ],
};

onBothEngines((engine) => {
  let slice: Slice;
  const things = Array.from({ length: 95 }, (_, i) => ({
    id: `t${String((i * 37) % 95).padStart(3, '0')}`,
    owner: i % 5 === 0 ? 'b' : 'a',
    name: ['Zoé', 'zoe', 'Ärger', 'abel', '東京', '😀'][i % 6] ?? '',
    position: i % 7,
  }));

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [], schema: [schema] });
    for (const { id, owner, name, position } of things) {
      await slice.database.execute('INSERT INTO thing (id, owner, name, position) VALUES (?, ?, ?, ?)', [
        id,
        owner,
        name,
        position,
      ]);
    }
  });
  afterAll(() => slice.close());

  const list = (options: Partial<KeysetList<Row, Row>>) =>
    keysetPage<Row, Row>(slice.database, {
      list: 'things',
      select: 'id, name, position AS place',
      from: 'thing',
      id: 'id',
      sorts: { position: 'position', name: 'name', id: 'id' },
      sort: 'position',
      where: [where('owner = ?', 'a'), null],
      map: ({ id, name, rank }) => ({ id, name, rank }),
      ...options,
    });

  const walk = async (options: Partial<KeysetList<Row, Row>>): Promise<string[]> => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...options, cursor });
      expect(page.data.length).toBeLessThanOrEqual(options.limit ?? 50);
      expect(page.total_estimate).toBe(76);
      seen.push(...page.data.map((row) => row.id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    return seen;
  };

  const mine = things.filter(({ owner }) => owner === 'a');
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

  for (const sort of ['position', '-position', 'name', '-name', 'id', '-id']) {
    it(`walks every row once in the order of ${sort}, whatever the page size`, async () => {
      const field = sort.replace('-', '') as 'position' | 'name' | 'id';
      const compare = (a: (typeof mine)[number], b: (typeof mine)[number]) => {
        const first = field === 'position' ? a.position - b.position : byBytes(a[field], b[field]);
        return first === 0 ? byBytes(a.id, b.id) : first;
      };
      const expected = mine.toSorted(compare).map(({ id }) => id);
      if (sort.startsWith('-')) expected.reverse();
      expect(await walk({ sort })).toEqual(expected);
      expect(await walk({ sort, limit: 7 })).toEqual(expected);
      expect(await walk({ sort, limit: 76 })).toEqual(expected);
    });
  }

  it('neither repeats nor skips rows when others come and go between pages', async () => {
    const first = await list({ sort: 'id', limit: 10 });
    await slice.database.execute('INSERT INTO thing (id, owner, name, position) VALUES (?, ?, ?, ?)', [
      'a0',
      'a',
      'x',
      0,
    ]);
    const second = await list({ sort: 'id', limit: 10, cursor: first.next_cursor });
    await slice.database.execute('DELETE FROM thing WHERE id = ?', ['a0']);
    const expected = mine
      .map(({ id }) => id)
      .sort()
      .slice(0, 20);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(expected);
  });

  it('refuses a cursor of another list, order or filter, and made-up ones', async () => {
    const { next_cursor: cursor } = await list({ limit: 5 });
    const binding = (JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as unknown[])[0];
    const forged = (...rest: unknown[]) => Buffer.from(JSON.stringify([binding, ...rest])).toString('base64url');
    const refused = [
      list({ cursor, list: 'others' }),
      list({ cursor, sort: '-position' }),
      list({ cursor, where: [where('owner = ?', 'b')] }),
      list({ cursor: '' }),
      list({ cursor: forged(1, 'é') }),
      list({ cursor: forged({ a: 1 }, 't001') }),
      list({ cursor: forged(1, 't001', 2) }),
      list({ cursor: forged(null, 't001') }),
      list({ cursor: 'nonsense' }),
      list({ cursor: Buffer.from('["x",1,"t001"]').toString('base64url') }),
      list({ cursor: Buffer.from('{"a":1}').toString('base64url') }),
    ];
    for (const page of refused) await expect(page).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('refuses a sort that is not declared, inherited names included', async () => {
    for (const sort of ['owner', 'constructor', '-toString', '']) {
      await expect(list({ sort })).rejects.toMatchObject({ code: 'validation_failed' });
    }
  });

  it('counts exactly up to ten thousand and gives null above', async () => {
    const { database } = slice;
    const digits =
      '(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
    const number = '(d1.d + 10 * d2.d + 100 * d3.d + 1000 * d4.d)';
    const id = engine === 'sqlite' ? `'m' || ${number}` : `CONCAT('m', ${number})`;
    await database.execute(
      `INSERT INTO thing (id, owner, name, position) SELECT ${id}, 'm', 'x', 0 FROM ${digits} d1, ${digits} d2, ${digits} d3, ${digits} d4`,
    );
    const ofM = { where: [where('owner = ?', 'm')] };
    expect((await list(ofM)).total_estimate).toBe(10_000);
    await database.execute('INSERT INTO thing (id, owner, name, position) VALUES (?, ?, ?, ?)', ['n', 'm', 'x', 0]);
    expect((await list(ofM)).total_estimate).toBeNull();
    expect((await list({ where: [where('owner = ?', 'nobody')] })).total_estimate).toBe(0);
  });
});
