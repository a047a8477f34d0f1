import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import type { InputOf, previewFraudRules, previewLimits, PreviewReport } from '@tollgate/contracts';
import { changedAllowList, changedFraudRules } from './domain/fraud-change';
import { changedRules, RuleBook } from './domain/limit-rules';
import { effectOf, replayGuard, replayLimits, type Replay, type ReplayedStart } from './domain/replay';
import { FraudRulesInForce } from './fraud-rules-in-force';
import { LimitRulesInForce } from './limit-rules-in-force';
import { StartAttempts } from './persistence/start-attempts';

const RANGE_MS = 7 * 86_400_000;
const MOST_STARTS = 200_000;

/** How many real requests of the last 7 days a change would have refused. Changes nothing. */
@Injectable()
export class PreviewRules {
  constructor(
    @Inject(StartAttempts) private readonly attempts: StartAttempts,
    @Inject(LimitRulesInForce) private readonly limits: LimitRulesInForce,
    @Inject(FraudRulesInForce) private readonly fraud: FraudRulesInForce,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async limitsChange(body: InputOf<typeof previewLimits>['body']): Promise<PreviewReport> {
    const current = await this.limits.book();
    const proposed = new RuleBook(changedRules(current.all(), body.rules));
    return this.report((starts) => [replayLimits(starts, current), replayLimits(starts, proposed)]);
  }

  /** @throws DomainError invalid_address_range */
  async fraudChange(body: InputOf<typeof previewFraudRules>['body']): Promise<PreviewReport> {
    const { rules, allowList } = await this.fraud.settings();
    const proposed = changedFraudRules(rules, body.rules ?? []);
    const allow = changedAllowList(allowList, body.allow);
    return this.report((starts) => [replayGuard(starts, rules, allowList), replayGuard(starts, proposed, allow)]);
  }

  private async report(
    replay: (starts: readonly ReplayedStart[]) => readonly [now: Replay, then: Replay],
  ): Promise<PreviewReport> {
    const to = this.clock.recordedAt() + 1;
    const from = to - RANGE_MS;
    const starts = await this.attempts.replay(from, to, MOST_STARTS);
    const [now, then] = replay(starts);
    const effect = effectOf(starts, now, then);
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      considered: effect.considered,
      truncated: starts.length >= MOST_STARTS,
      would_refuse: effect.wouldRefuse,
      refused_now: effect.refusedNow,
      would_refuse_approved: effect.wouldRefuseApproved,
      by_policy: effect.byPolicy.map(({ policy, wouldRefuse, refusedNow }) => ({
        policy,
        would_refuse: wouldRefuse,
        refused_now: refusedNow,
      })),
      organizations: effect.organizations.map(({ organizationId, wouldRefuse, considered }) => ({
        organization_id: organizationId,
        would_refuse: wouldRefuse,
        considered,
      })),
    };
  }
}
