import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { RedisConnection } from '../redis-connection';

/** What a claim is good for: a process that was killed holds its own no longer than this. */
const CLAIM_MS = 6_000;
/** A call that runs longer has its claim renewed; a process may be late by two of three rounds. */
const RENEW_EVERY_MS = 2_000;
const POLL_MS = 40;
const PREFIX = 'idem:';
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
const RENEW =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end";

export type Claim =
  | { readonly granted: true; readonly release: () => Promise<void> }
  /** Somebody else runs it, with this fingerprint. */
  | { readonly granted: false; readonly fingerprint: string };

/**
 * Who is running which call right now: in this process by a map, across processes by keys in Redis. Only a courtesy
 * that lets a duplicate wait instead of working for nothing: what it misses (Redis away, a claim that ran out because
 * its process was starved) the primary key of the stored answers decides.
 */
@Injectable()
export class CallsInFlight {
  private readonly local = new Map<string, { readonly fingerprint: string; readonly done: Promise<void> }>();
  /** Keys in Redis that are ours, with what we wrote there. */
  private readonly shared = new Map<string, string>();
  private renewal: NodeJS.Timeout | null = null;

  constructor(private readonly redis: RedisConnection) {}

  async claim(id: string, fingerprint: string): Promise<Claim> {
    const running = this.local.get(id);
    if (running !== undefined) return { granted: false, fingerprint: running.fingerprint };
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.local.set(id, { fingerprint, done });
    const freeLocal = (): void => {
      this.local.delete(id);
      finish();
    };
    const elsewhere = await this.claimShared(id, fingerprint);
    if (typeof elsewhere === 'string') {
      freeLocal();
      return { granted: false, fingerprint: elsewhere };
    }
    return {
      granted: true,
      release: async () => {
        freeLocal();
        await elsewhere?.();
      },
    };
  }

  /** Until the call is not running any more, but no longer than `patienceMs`. False when it still is. */
  async finished(id: string, patienceMs: number): Promise<boolean> {
    const until = performance.now() + patienceMs;
    const local = this.local.get(id);
    if (local !== undefined) await Promise.race([local.done, sleep(patienceMs)]);
    while (performance.now() < until) {
      if (!this.local.has(id) && !(await this.runsElsewhere(id))) return true;
      await sleep(POLL_MS);
    }
    return false;
  }

  /** The fingerprint of whoever holds it; else how to let go, or null when nobody is asked. */
  private async claimShared(id: string, fingerprint: string): Promise<string | (() => Promise<void>) | null> {
    const { client } = this.redis;
    if (client === null) return null;
    const value = `${fingerprint}:${randomUUID()}`;
    try {
      const taken = await client.set(PREFIX + id, value, 'PX', CLAIM_MS, 'NX');
      if (taken === null) return (await client.get(PREFIX + id))?.split(':')[0] ?? fingerprint;
      this.keep(PREFIX + id, value);
      return async () => {
        this.letGo(PREFIX + id);
        await client.eval(RELEASE, 1, PREFIX + id, value).catch(() => undefined);
      };
    } catch {
      return null;
    }
  }

  private keep(key: string, value: string): void {
    this.shared.set(key, value);
    this.renewal ??= setInterval(() => void this.renew(), RENEW_EVERY_MS).unref();
  }

  private letGo(key: string): void {
    this.shared.delete(key);
    if (this.shared.size > 0 || this.renewal === null) return;
    clearInterval(this.renewal);
    this.renewal = null;
  }

  /** One that ran out meanwhile may be somebody else's by now: that stays theirs. */
  private async renew(): Promise<void> {
    const { client } = this.redis;
    if (client === null) return;
    const renewals = [...this.shared].map(([key, value]) => client.eval(RENEW, 1, key, value, CLAIM_MS));
    await Promise.allSettled(renewals);
  }

  private async runsElsewhere(id: string): Promise<boolean> {
    const { client } = this.redis;
    if (client === null) return false;
    return (await client.exists(PREFIX + id).catch(() => 0)) === 1;
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
