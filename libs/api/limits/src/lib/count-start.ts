import { Inject, Injectable } from '@nestjs/common';
import { limitedError, RateLimiter, violatedPolicy, type ViolatedPolicy } from '@tollgate/api/http';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { countedKeys, type CountedStart } from './domain/counted-by';
import type { LimitRule } from './domain/limit-rules';
import { LimitRulesInForce } from './limit-rules-in-force';
import { DestinationCounters, type WindowLimit } from './persistence/destination-counters';

/** A limit that is switched off still has its place in the one statement. */
const UNLIMITED: WindowLimit = { quota: 2_000_000_000, windowMs: 1_000 };

/**
 * Counts a start against the limits. Shared limits first, in Redis or memory; the destination, a row of the database,
 * last: what is refused before it costs the person at that destination nothing of their allowance.
 */
@Injectable()
export class CountStart {
  constructor(
    @Inject(LimitRulesInForce) private readonly rules: LimitRulesInForce,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(DestinationCounters) private readonly destinations: DestinationCounters,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError quota_exceeded, naming every limit that says no */
  async takeShared(start: CountedStart, kind: 'start' | 'resend'): Promise<void> {
    const keys = countedKeys(start, kind, await this.rules.book());
    const standings = await Promise.all(
      keys.map(({ policy: name, limit, windowSeconds, key }) =>
        this.limiter.take({ name: `${name}_${start.channel}`, limit, windowSeconds }, key),
      ),
    );
    const violated = standings.flatMap((standing, i): ViolatedPolicy[] => {
      const name = keys[i]?.policy ?? standing.policy.name;
      return standing.allowed ? [] : [{ ...violatedPolicy(standing), name }];
    });
    if (violated.length > 0) throw limitedError('quota_exceeded', violated);
  }

  /** @throws DomainError quota_exceeded, destination_suppressed */
  async takeDestination(start: CountedStart): Promise<void> {
    const { organizationId, test, channel, destinationHash } = start;
    if (destinationHash === null) return;
    const book = await this.rules.book();
    const short = book.find('destination_short', channel);
    const long = book.find('destination_long', channel);
    const atMs = this.clock.now();
    const refused = await this.destinations.take({
      organizationId,
      test,
      channel,
      destinationHash,
      short: windowOf(short),
      long: windowOf(long),
      atMs,
    });
    if (refused === null) return;
    if (refused.suppressed) throw new DomainError('destination_suppressed', { param: 'to' });
    const violated = [...violatedWindow(short, refused.short, atMs), ...violatedWindow(long, refused.long, atMs)];
    // The window ended between the two statements: there is room again, and asking again will say so.
    if (violated.length === 0)
      throw new DomainError('quota_exceeded', { retryAfter: 1, extra: { violated_policies: [] } });
    throw limitedError('quota_exceeded', violated);
  }
}

const windowOf = (rule: LimitRule | null): WindowLimit =>
  rule === null ? UNLIMITED : { quota: rule.quota, windowMs: rule.windowSeconds * 1000 };

function violatedWindow(
  rule: LimitRule | null,
  window: { readonly count: number; readonly endsAt: number },
  atMs: number,
): ViolatedPolicy[] {
  if (rule === null || window.count < rule.quota || window.endsAt <= atMs) return [];
  const reset_s = Math.ceil((window.endsAt - atMs) / 1000);
  return [{ name: rule.policy, limit: rule.quota, window_s: rule.windowSeconds, reset_s }];
}
