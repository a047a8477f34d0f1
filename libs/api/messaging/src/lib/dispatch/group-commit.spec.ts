import { GroupCommit } from './group-commit';

/** Commits that end when the spec says so. */
function gatedCommits() {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const begun: (() => void)[] = [];
  const commit = (items: readonly number[]) => {
    batches.push([...items]);
    begun.shift()?.();
    return new Promise<void>((resolve) => gates.push(resolve));
  };
  const nextBegins = () => new Promise<void>((resolve) => begun.push(resolve));
  return { batches, commit, nextBegins, end: () => gates.shift()?.() };
}

describe('group commit', () => {
  it('puts what comes in during a commit into the next', async () => {
    const { batches, commit, nextBegins, end } = gatedCommits();
    const group = new GroupCommit<number>(commit);
    const first = nextBegins();
    const all = [group.add(1), group.add(2)];
    await first;
    const second = nextBegins();
    all.push(group.add(3), group.add(4));
    end();
    await second;
    end();
    await Promise.all(all);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('never takes more than its maximum, and loses none', async () => {
    const batches: number[][] = [];
    const group = new GroupCommit<number>((items) => Promise.resolve(void batches.push([...items])), 0, 3);
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
