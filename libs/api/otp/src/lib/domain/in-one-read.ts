interface Asked<T> {
  readonly id: string;
  readonly found: (value: T | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Answers questions for single things that come in the same turn of the loop by one read of them all. */
export class InOneRead<T> {
  private asked: Asked<T>[] = [];

  constructor(private readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  /** Null when there is none with this id. */
  one(id: string): Promise<T | null> {
    return new Promise((found, failed) => {
      this.asked.push({ id, found, failed });
      if (this.asked.length === 1) setImmediate(() => void this.answer());
    });
  }

  private async answer(): Promise<void> {
    const asked = this.asked;
    this.asked = [];
    try {
      const things = await this.read([...new Set(asked.map(({ id }) => id))]);
      for (const { id, found } of asked) found(things.get(id) ?? null);
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }
}
