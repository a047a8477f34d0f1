import { afterWrong, type GuessCount } from './guess-slowdown';

const RULES = { slowFrom: 10, windowMs: 3_600_000, lockAt: 100 };

function after(count: number, everyMs: number): GuessCount & { at: number } {
  let state: GuessCount | null = null;
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    at = i * everyMs;
    state = afterWrong(state, RULES, at);
  }
  if (state === null) throw new Error('at least one');
  return { ...state, at };
}

describe('afterWrong', () => {
  it('lets nine wrong codes an hour pass without a wait', () => {
    expect(after(9, 1_000)).toMatchObject({ windowCount: 9, blockedUntil: 0, locked: false });
  });

  it('waits a minute after the tenth, then twice as long with each, up to an hour', () => {
    const waits = [10, 11, 12, 13, 14, 15, 16, 17, 40].map((count) => {
      const { blockedUntil, at } = after(count, 1_000);
      return (blockedUntil - at) / 60_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('begins a new window after an hour, and still counts towards the lock', () => {
    const { windowCount, consecutive, blockedUntil } = after(20, 3_600_000);
    expect({ windowCount, consecutive, blockedUntil }).toEqual({ windowCount: 1, consecutive: 20, blockedUntil: 0 });
  });

  it('locks at a hundred consecutive wrong codes, however slowly they come', () => {
    expect(after(99, 3_600_000).locked).toBe(false);
    expect(after(100, 3_600_000).locked).toBe(true);
    expect(after(101, 1_000).locked).toBe(true);
  });
});
