import { InTurn } from './in-turn';

describe('callers in turn', () => {
  it('run one at a time with one key, and only the first is alone', async () => {
    const turns = new InTurn();
    let running = 0;
    let most = 0;
    const act = async (alone: boolean): Promise<boolean> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return alone;
    };
    const alone = await Promise.all(Array.from({ length: 20 }, () => turns.run('a', act)));
    expect(most).toBe(1);
    expect(alone.filter(Boolean)).toHaveLength(1);
    expect(await turns.run('a', act)).toBe(true);
  });

  it('with different keys do not wait for each other', async () => {
    const turns = new InTurn();
    let release = (): void => undefined;
    const waiting = turns.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    await expect(turns.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
    release();
    await waiting;
  });

  it('run as many at a time as the line is wide', async () => {
    const turns = new InTurn(3);
    let running = 0;
    let most = 0;
    const act = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => turns.run('a', act)));
    expect(most).toBe(3);
  });

  it('go on after one of them failed', async () => {
    const turns = new InTurn();
    const failing = turns.run('a', () => Promise.reject(new Error('no')));
    const next = turns.run('a', () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('next');
  });
});
