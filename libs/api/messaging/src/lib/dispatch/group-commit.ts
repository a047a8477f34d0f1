interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Lets many small writes share one commit: whatever comes in while a commit is under way, or within `lingerMs` of the
 * first, goes into the same one. An item that fails is tried alone, so that one bad item cannot fail its neighbours.
 */
export class GroupCommit<T> {
  private waiting: Waiting<T>[] = [];
  private running = false;

  constructor(
    private readonly commit: (items: readonly T[]) => Promise<void>,
    private readonly lingerMs = 0,
    private readonly max = 64,
  ) {}

  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      // At least what is ready in this very turn of the loop belongs into the same commit.
      if (this.waiting.length < this.max) await new Promise((resolve) => setTimeout(resolve, this.lingerMs));
      const batch = this.waiting.splice(0, this.max);
      try {
        await this.commit(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        if (batch.length === 1) batch[0]?.failed(error);
        else await this.oneByOne(batch);
      }
    }
    // In the turn in which nothing was waiting: an item added a turn later would wait for ever otherwise.
    this.running = false;
  }

  private async oneByOne(batch: readonly Waiting<T>[]): Promise<void> {
    for (const { item, done, failed } of batch) {
      try {
        await this.commit([item]);
        done();
      } catch (error) {
        failed(error);
      }
    }
  }
}
