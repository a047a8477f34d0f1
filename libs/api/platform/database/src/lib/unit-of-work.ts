/**
 * One transaction at a time per flow of control. `run` opens it, a nested `run` joins it, and every write of a
 * repository inside goes through it. A deadlock runs `fn` again from its start, so `fn` changes nothing outside the
 * database and calls nobody. MySQL: READ COMMITTED. SQLite: BEGIN IMMEDIATE behind one writer.
 */
export abstract class UnitOfWork {
  abstract run<T>(fn: () => Promise<T>): Promise<T>;
  /** Whether the running code is inside a transaction. */
  abstract get active(): boolean;
  /** Runs once the outermost transaction has committed; never when it rolled back. At once when none is open. */
  abstract afterCommit(fn: () => void): void;
  /**
   * For the platform, once at start-up: `participant` runs inside every outermost transaction after its `fn`, with what
   * `fn` returned, and before it commits. What it throws rolls everything back; a transaction that runs again calls it
   * again.
   */
  abstract beforeCommit(participant: (result: unknown) => Promise<void>): void;
  /** Throws when a transaction is open: outside calls (providers, mail, hashing of passwords) begin with this line. */
  abstract forbidInside(what: string): void;
}
