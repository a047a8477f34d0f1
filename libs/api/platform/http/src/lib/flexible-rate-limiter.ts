import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { RateLimiter, type RatePolicy, type RateStanding } from './rate-limiter';

/** Longer than this a limiter does not wait for Redis: then its own share of the limit decides. */
const REDIS_PATIENCE_MS = 250;

@Injectable()
export class FlexibleRateLimiter extends RateLimiter implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly redis: Redis | null;
  private readonly processes: number;

  constructor(config: Config) {
    super();
    this.processes = Math.max(1, config.processes);
    this.redis = config.redisUrl === null ? null : FlexibleRateLimiter.connect(config.redisUrl);
  }

  private static connect(url: string): Redis {
    const redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: REDIS_PATIENCE_MS,
      connectTimeout: 2_000,
      retryStrategy: (attempt) => Math.min(5_000, 100 * attempt),
    });
    // The fallback is the answer to a lost connection; without a listener it would end the process.
    redis.on('error', () => undefined);
    return redis;
  }

  async take(policy: RatePolicy, key: string, points = 1): Promise<RateStanding> {
    const limiter = this.limiter(policy);
    try {
      return this.standing(policy, await limiter.consume(key, points));
    } catch (refused) {
      return this.standing(policy, refused);
    }
  }

  async peek(policy: RatePolicy, key: string): Promise<RateStanding> {
    const limiter = this.limiter(policy);
    const found = await limiter.get(key).catch((error: unknown) => error);
    if (found === null) return { allowed: true, policy, remaining: policy.limit, resetSeconds: 0 };
    return this.standing(policy, found);
  }

  async clear(policy: RatePolicy, key: string): Promise<void> {
    await this.limiter(policy)
      .delete(key)
      .catch(() => false);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.redis?.quit().catch(() => this.redis?.disconnect());
  }

  /** `found` is the limiter's answer, or whatever went wrong: then nothing is left, for it never fails open. */
  private standing(policy: RatePolicy, found: unknown): RateStanding {
    if (!(found instanceof RateLimiterRes)) return { allowed: false, policy, remaining: 0, resetSeconds: 1 };
    const resetSeconds = Math.max(0, Math.ceil(found.msBeforeNext / 1000));
    const allowed = found.consumedPoints <= policy.limit && found.remainingPoints >= 0;
    return { allowed, policy, remaining: Math.max(0, policy.limit - found.consumedPoints), resetSeconds };
  }

  private limiter(policy: RatePolicy): RateLimiterAbstract {
    const name = `${policy.name}:${policy.limit}:${policy.windowSeconds}`;
    const known = this.limiters.get(name);
    if (known !== undefined) return known;
    const limiter = this.build(policy, name);
    this.limiters.set(name, limiter);
    return limiter;
  }

  private build(policy: RatePolicy, name: string): RateLimiterAbstract {
    const options = { points: policy.limit, duration: policy.windowSeconds, keyPrefix: `rl:${name}` };
    if (this.redis === null) return new RateLimiterMemory(options);
    return new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ ...options, points: Math.floor(policy.limit / this.processes) || 1 }),
    });
  }
}
