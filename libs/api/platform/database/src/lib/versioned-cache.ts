import { DomainError } from '@tollgate/api/kernel';
import type { Database } from './database';
import type { Readiness } from './readiness';
import type { TransactionContext } from './transaction-context';
import type { UnitOfWork } from './unit-of-work';

const POLL_EVERY_MS = 500;
const STALE_AFTER_MS = 3_000;
const MAX_ENTRIES = 10_000;

/** Values of one topic, kept in memory until the topic changes anywhere. */
export interface CacheTopic<Value> {
  /**
   * The value under this key, loaded when it is not there. At most about half a second older than the database.
   * Throws `unavailable` when this process has not been able to see changes for 3 s. Inside a unit of work a missing
   * value is read in its transaction and not kept, since it may hold what is not committed; it is read again for the
   * next caller once that has ended.
   */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
}

/**
 * Caches of what rarely changes and is read on every request: keys, settings, prices. A change calls `bump` in its
 * transaction, which raises the topic's version row; every process polls the rows twice a second and forgets a topic
 * whose version is new. In the process of the change the topic is forgotten right after the commit.
 */
export abstract class VersionedCache {
  abstract topic<Value>(name: string, options?: { readonly maxEntries?: number }): CacheTopic<Value>;
  /** Call it in the unit of work of the change. */
  abstract bump(topic: string): Promise<void>;
}

interface Kept<Value> {
  readonly value: Promise<Value>;
  loaded: boolean;
}

/**
 * A unit of work never waits for somebody else's load: units hold the connections that such a load may wait for, and
 * nobody would get on. It reads for itself, through its own connection.
 */
class Topic<Value> implements CacheTopic<Value> {
  private readonly values = new Map<string, Kept<Value>>();

  constructor(
    private readonly maxEntries: number,
    private readonly unitOfWork: UnitOfWork,
    private readonly assertFresh: () => void,
  ) {}

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    this.assertFresh();
    const known = this.values.get(key);
    if (this.unitOfWork.active && known?.loaded !== true) {
      this.unitOfWork.afterCommit(() => void this.get(key, load).catch(() => undefined));
      return load();
    }
    return (known ?? this.keep(key, load())).value;
  }

  /** Before it is loaded: a change that commits meanwhile clears the map, and this value with it. */
  private keep(key: string, value: Promise<Value>): Kept<Value> {
    const kept = { value, loaded: false };
    this.values.set(key, kept);
    if (this.values.size > this.maxEntries) this.dropOldest();
    value.then(
      () => (kept.loaded = true),
      () => {
        if (this.values.get(key) === kept) this.values.delete(key);
      },
    );
    return kept;
  }

  clear(): void {
    this.values.clear();
  }

  private dropOldest(): void {
    for (const key of this.values.keys()) {
      this.values.delete(key);
      return;
    }
  }
}

export class PolledVersionedCache extends VersionedCache {
  private readonly topics = new Map<string, Topic<unknown>>();
  private versions = new Map<string, number>();
  private seenAt = performance.now();
  private timer: NodeJS.Timeout | null = null;
  private polling: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: TransactionContext,
    private readonly staleAfterMs = STALE_AFTER_MS,
  ) {
    super();
  }

  topic<Value>(name: string, options: { readonly maxEntries?: number } = {}): CacheTopic<Value> {
    if (this.topics.has(name)) throw new Error(`the cache topic ${name} has an owner already`);
    const made = new Topic<Value>(options.maxEntries ?? MAX_ENTRIES, this.unitOfWork, () => this.assertFresh());
    this.topics.set(name, made as Topic<unknown>);
    return made;
  }

  async bump(topic: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const sql = 'UPDATE cache_version SET version = version + 1 WHERE topic = ?';
      if ((await this.database.execute(sql, [topic])).affected === 0) {
        try {
          await this.database.execute('INSERT INTO cache_version (topic, version) VALUES (?, 1)', [topic]);
        } catch (error) {
          if (!this.database.isDuplicate(error)) throw error;
          await this.database.execute(sql, [topic]);
        }
      }
      this.unitOfWork.afterCommit(() => this.topics.get(topic)?.clear());
    });
  }

  /** Reads the versions now and twice a second until `stop`. */
  async start(readiness: Readiness): Promise<void> {
    readiness.add('cache', () => this.problem());
    await this.poll();
    this.timer = setInterval(() => {
      this.polling ??= this.poll()
        .catch(() => undefined)
        .finally(() => (this.polling = null));
    }, POLL_EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.polling;
  }

  /** The time counts from before the question: what committed while it was under way may not be in the answer. */
  async poll(): Promise<void> {
    const askedAt = performance.now();
    const rows = await this.context.outside(() =>
      this.database.query<{ topic: string; version: number }>('SELECT topic, version FROM cache_version'),
    );
    const versions = new Map(rows.map((row) => [row.topic, row.version]));
    for (const [name, topic] of this.topics) {
      if (versions.get(name) !== this.versions.get(name)) topic.clear();
    }
    this.versions = versions;
    this.seenAt = askedAt;
  }

  private problem(): string | null {
    const age = performance.now() - this.seenAt;
    if (age <= this.staleAfterMs) return null;
    return `the database has not answered for ${Math.round(age / 1000)} s, so revoked keys could not be seen`;
  }

  private assertFresh(): void {
    if (this.problem() !== null) throw new DomainError('unavailable');
  }
}
