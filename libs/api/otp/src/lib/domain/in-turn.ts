interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets callers with one key through so many at a time, in this process. A storm on one thing then waits here and not
 * on database connections that others need, and parallel double starts are not each counted as a start. What is right
 * never depends on it: other processes have lines of their own, and the guarded statements decide.
 */
export class InTurn {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly width = 1) {}

  /** `alone` tells whether nobody with this key was under way. */
  async run<T>(key: string, act: (alone: boolean) => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { running: 0, waiting: [] };
    this.lines.set(key, line);
    const alone = line.running === 0;
    if (line.running >= this.width) await new Promise<void>((resolve) => line.waiting.push(resolve));
    else line.running += 1;
    try {
      return await act(alone);
    } finally {
      const next = line.waiting.shift();
      // The place is handed on, so nobody who comes meanwhile slips in before.
      if (next !== undefined) next();
      else if ((line.running -= 1) === 0) this.lines.delete(key);
    }
  }
}
