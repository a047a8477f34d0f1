import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Redis } from 'ioredis';

/** Nothing waits longer than this for Redis: every use of it has an answer of its own. */
const PATIENCE_MS = 250;

/** The connection of limits and claims; null client without `REDIS_URL`. Fails fast, reconnects by itself. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly client: Redis | null;

  constructor(config: Config) {
    this.client = config.redisUrl === null ? null : RedisConnection.connect(config.redisUrl);
  }

  private static connect(url: string): Redis {
    const redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: PATIENCE_MS,
      connectTimeout: 1_000,
      retryStrategy: (attempt) => Math.min(5_000, 100 * attempt),
    });
    // Whoever uses it handles the failure; without a listener it would end the process.
    redis.on('error', () => undefined);
    return redis;
  }

  /** Nothing that it was asked is worth waiting for. */
  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}
