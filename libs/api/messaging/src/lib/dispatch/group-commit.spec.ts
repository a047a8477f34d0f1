import { GroupCommit } from './group-commit';

const tick = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));

describe('group commit', () => {
  it('puts what comes in during a commit into the next', async () => {
    const batches: number[][] = [];
    const group = new GroupCommit<number>(async (items) => {
      batches.push([...items]);
      await tick(5);
    });
    const first = [group.add(1), group.add(2)];
    await tick(2);
    await Promise.all([...first, group.add(3), group.add(4)]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('never takes more than its maximum, and loses none', async () => {
    const batches: number[][] = [];
    const group = new GroupCommit<number>((items) => Promise.resolve(void batches.push([...items])), 3);
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((item) => group.add(item)));
    expect(batches.flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(3);
  });

  it('fails a bad item alone', async () => {
    const kept: number[] = [];
    const group = new GroupCommit<number>((items) => {
      if (items.includes(2)) return Promise.reject(new Error('bad'));
      kept.push(...items);
      return Promise.resolve();
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kept).toEqual([1, 3]);
    await expect(group.add(4)).resolves.toBeUndefined();
  });
});
