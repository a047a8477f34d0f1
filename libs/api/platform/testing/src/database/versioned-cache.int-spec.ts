import { jest } from '@jest/globals';
import { bootSlice, onBothEngines, type Slice } from '../index';
import { until } from '../lib/until';
import { Readiness, UnitOfWork, VersionedCache } from '@tollgate/api/database';

onBothEngines((engine) => {
  let here: Slice;
  let there: Slice;
  let stored = 1;
  const load = () => Promise.resolve(stored);

  beforeEach(async () => {
    stored = 1;
    here = await bootSlice({ engine, modules: [], strictlyFresh: true });
    there = await bootSlice({ engine, modules: [], beside: here, strictlyFresh: true });
  });
  afterEach(async () => {
    await there.close();
    await here.close();
  });

  /** Until the next poll has seen what is committed now. */
  const poll = async (slice: Slice) => {
    const query = jest.spyOn(slice.database, 'query');
    const polled = () =>
      query.mock.results.filter((_, i) => String(query.mock.calls[i]?.[0]).includes('cache_version'));
    await until(() => polled().length > 1);
    await Promise.all(polled().map(({ value }) => value));
    query.mockRestore();
  };

  it('keeps a value until its topic changes, here at once and elsewhere after a poll', async () => {
    const [mine, theirs] = [here, there].map((slice) => slice.get(VersionedCache).topic<number>('prices'));
    expect([await mine?.get('k', load), await theirs?.get('k', load)]).toEqual([1, 1]);
    stored = 2;
    expect([await mine?.get('k', load), await theirs?.get('k', load)]).toEqual([1, 1]);
    await here.get(UnitOfWork).run(async () => {
      await here.get(VersionedCache).bump('prices');
      expect(await mine?.get('k', load)).toBe(1);
    });
    expect(await mine?.get('k', load)).toBe(2);
    await poll(there);
    expect(await theirs?.get('k', load)).toBe(2);
  });

  it('leaves other topics alone, and everything when the change rolled back', async () => {
    const prices = here.get(VersionedCache).topic<number>('prices');
    const keys = here.get(VersionedCache).topic<number>('keys');
    await Promise.all([prices.get('k', load), keys.get('k', load)]);
    stored = 2;
    const failing = here.get(UnitOfWork).run(async () => {
      await here.get(VersionedCache).bump('keys');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await poll(here);
    expect([await prices.get('k', load), await keys.get('k', load)]).toEqual([1, 1]);
    await here.get(VersionedCache).bump('keys');
    await poll(here);
    expect([await prices.get('k', load), await keys.get('k', load)]).toEqual([1, 2]);
  });

  it('lets no unit of work wait for a load that may itself wait for the connection of the unit', async () => {
    const prices = here.get(VersionedCache).topic<number>('prices');
    let finish: (value: number) => void = () => undefined;
    const slow = prices.get('k', () => new Promise((resolve) => (finish = resolve)));
    expect(await here.get(UnitOfWork).run(() => prices.get('k', () => Promise.resolve(7)))).toBe(7);
    finish(1);
    expect(await slow).toBe(1);
    expect(await here.get(UnitOfWork).run(() => prices.get('k', () => Promise.resolve(7)))).toBe(1);
  });

  it('does not keep what was read before a change that committed meanwhile', async () => {
    const prices = here.get(VersionedCache).topic<number>('prices');
    let finish: (value: number) => void = () => undefined;
    const slow = prices.get('k', () => new Promise((resolve) => (finish = resolve)));
    stored = 2;
    await here.get(VersionedCache).bump('prices');
    finish(1);
    expect(await slow).toBe(1);
    expect(await prices.get('k', load)).toBe(2);
  });

  it('does not keep what a transaction read, which may not be committed, nor a failure', async () => {
    const prices = here.get(VersionedCache).topic<number>('prices');
    const failing = here.get(UnitOfWork).run(async () => {
      expect(await prices.get('k', () => Promise.resolve(99))).toBe(99);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await prices.get('k', load)).toBe(1);
    await expect(prices.get('other', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await prices.get('other', load)).toBe(1);
  });

  it('counts a bump of every one of many concurrent changes', async () => {
    const bumps = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? here : there).get(VersionedCache).bump('keys'));
    await Promise.all(bumps);
    expect(await here.database.query('SELECT topic, version FROM cache_version')).toEqual([
      { topic: 'keys', version: 20 },
    ]);
  });

  it('refuses, and is not ready, once changes could not be seen for three seconds', async () => {
    const prices = here.get(VersionedCache).topic<number>('prices');
    await prices.get('k', load);
    expect(here.get(Readiness).problems()).toEqual({});
    const away = jest.spyOn(here.database, 'query').mockRejectedValue(new Error('the server is away'));
    const now = performance.now();
    const later = jest.spyOn(performance, 'now').mockReturnValue(now + 3_600);
    await expect(prices.get('k', load)).rejects.toMatchObject({ code: 'unavailable' });
    expect(Object.keys(here.get(Readiness).problems())).toEqual(['cache']);
    expect(here.get(Readiness).ready).toBe(false);
    later.mockRestore();
    away.mockRestore();
    expect(here.get(Readiness).ready).toBe(true);
  });

  it('goes on in a spec that a busy machine starved, unless the spec asks for what a server does', async () => {
    const patient = await bootSlice({ engine, modules: [], beside: here });
    const [there, prices] = [patient, here].map((slice) => slice.get(VersionedCache).topic<number>('prices'));
    await Promise.all([there?.get('k', load), prices?.get('k', load)]);
    const now = performance.now();
    const later = jest.spyOn(performance, 'now').mockReturnValue(now + 10_000);
    expect(await there?.get('k', load)).toBe(1);
    await expect(prices?.get('k', load)).rejects.toMatchObject({ code: 'unavailable' });
    later.mockRestore();
    await patient.close();
  });
});
