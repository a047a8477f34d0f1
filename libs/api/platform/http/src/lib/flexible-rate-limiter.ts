import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { RateLimiter, type RatePolicy, type RateStanding } from './rate-limiter';
import { RedisConnection } from './redis-connection';

@Injectable()
export class FlexibleRateLimiter extends RateLimiter {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly processes: number;

  constructor(
    config: Config,
    private readonly redis: RedisConnection,
  ) {
    super();
    this.processes = Math.max(1, config.processes);
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
    if (this.redis.client === null) return new RateLimiterMemory(options);
    return new RateLimiterRedis({
      ...options,
      storeClient: this.redis.client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ ...options, points: Math.floor(policy.limit / this.processes) || 1 }),
    });
  }
}
