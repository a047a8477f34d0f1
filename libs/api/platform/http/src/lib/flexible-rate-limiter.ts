import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { RequestContext } from '@tollgate/api/kernel';
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
    try {
      // In memory each key has a timer as long as its window.
      const taken = await RequestContext.outside(() => this.limiter(policy).consume(key, points));
      return { allowed: true, policy, remaining: taken.remainingPoints, resetSeconds: seconds(taken) };
    } catch (refused) {
      return this.refusal(policy, refused);
    }
  }

  async peek(policy: RatePolicy, key: string): Promise<RateStanding> {
    try {
      const found = await this.limiter(policy).get(key);
      if (found === null) return { allowed: true, policy, remaining: policy.limit, resetSeconds: 0 };
      const remaining = found.remainingPoints;
      return { allowed: remaining > 0, policy, remaining, resetSeconds: seconds(found) };
    } catch (error) {
      return this.refusal(policy, error);
    }
  }

  async clear(policy: RatePolicy, key: string): Promise<void> {
    await this.limiter(policy)
      .delete(key)
      .catch(() => false);
  }

  /** `thrown` is the limiter's no, or whatever went wrong: then nothing is left either, for it never fails open. */
  private refusal(policy: RatePolicy, thrown: unknown): RateStanding {
    const resetSeconds = thrown instanceof RateLimiterRes ? seconds(thrown) : 1;
    return { allowed: false, policy, remaining: 0, resetSeconds };
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

const seconds = (standing: RateLimiterRes): number => Math.max(1, Math.ceil(standing.msBeforeNext / 1000));
