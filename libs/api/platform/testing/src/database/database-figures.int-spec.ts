import { DatabaseFigures, UnitOfWork } from '@tollgate/api/database';
import { bootSlice, onBothEngines, type Slice } from '../index';

onBothEngines((engine) => {
  let slice: Slice;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [], environment: { DATABASE_POOL_SIZE: '2' } });
  });
  afterAll(() => slice.close());

  const figures = () => slice.get(DatabaseFigures).read();
  const write = () =>
    slice.database.execute(`UPDATE cache_version SET version = version WHERE topic = 'nobody reads this'`);

  it('counts the units of work that were committed', async () => {
    const { committed } = figures();
    await slice.get(UnitOfWork).run(write);
    const failing = slice.get(UnitOfWork).run(async () => {
      await write();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(figures().committed - committed).toBe(1);
  });

  it('says how many wait for the writer or for a connection, and zero when nobody does', async () => {
    expect(figures().waiting).toBe(0);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let inside = 0;
    const units = Array.from({ length: 6 }, () =>
      slice.get(UnitOfWork).run(async () => {
        inside += 1;
        await write();
        await held;
      }),
    );
    while (inside < (engine === 'sqlite' ? 1 : 2)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(figures().waiting).toBe(engine === 'sqlite' ? 5 : 4);
    letGo();
    await Promise.all(units);
    expect(figures().waiting).toBe(0);
  });
});
