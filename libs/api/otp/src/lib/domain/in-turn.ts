/**
 * Lets callers with one key through one at a time, in this process. It saves parallel double starts from being
 * counted and refused as if each were a start of its own; that there is one verification in the end does not depend
 * on it but on the unique key in the database.
 */
export class InTurn {
  private readonly tails = new Map<string, Promise<void>>();

  /** `alone` tells whether nobody with this key was under way. */
  async run<T>(key: string, act: (alone: boolean) => Promise<T>): Promise<T> {
    const before = this.tails.get(key);
    const mine = (before ?? Promise.resolve()).then(() => act(before === undefined));
    const tail = mine.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }
}
