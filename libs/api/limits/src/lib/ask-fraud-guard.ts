import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { ConversionMemory } from './conversion-memory';
import type { CountedStart } from './domain/counted-by';
import type { RuleMode } from './domain/fraud-defaults';
import { judge, type FraudFinding } from './domain/fraud-guard';
import { FraudRulesInForce } from './fraud-rules-in-force';
import { StartAttempts } from './persistence/start-attempts';
import type { GuardDecision, GuardReason } from './start-gate';

const ALLOW: GuardDecision = { outcome: 'allow', reasons: [] };

/**
 * The fraud guard: whether a start looks like pumping. It judges what money can be made of: SMS of live keys. Asks no
 * database unless it is about to block; then whether somebody was verified at this destination before.
 */
@Injectable()
export class AskFraudGuard {
  constructor(
    @Inject(FraudRulesInForce) private readonly rules: FraudRulesInForce,
    @Inject(ConversionMemory) private readonly conversions: ConversionMemory,
    @Inject(StartAttempts) private readonly attempts: StartAttempts,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** `mode` is the application's: `record` turns every block into `would_block`. */
  async decide(start: CountedStart, clientIp: string | null, mode: RuleMode): Promise<GuardDecision> {
    if (mode === 'off' || start.test || start.channel !== 'sms') return ALLOW;
    const { rules, allowed } = await this.rules.settings();
    const view = await this.conversions.view(start, this.clock.recordedAt());
    const findings = judge(view, rules, start);
    if (findings.length === 0) return ALLOW;

    const listed = allowed.reason({ clientIp, country: start.country, prefix: start.prefix });
    if (listed !== null) return letThrough('allow_listed', `The allow-list names it: ${listed}`, findings);
    if (start.destinationHash !== null && (await this.attempts.isKnown(start.organizationId, start.destinationHash))) {
      return letThrough('known_destination', 'Somebody was verified at this destination before', findings);
    }
    const blocks = mode === 'enforce' && findings.some((finding) => finding.enforced);
    return { outcome: blocks ? 'block' : 'would_block', reasons: findings.map(reasonOf) };
  }

  /** Counts a conversion, in the transaction of its cause; in memory once that has committed. */
  async observe(kind: 'started' | 'approved', start: CountedStart): Promise<void> {
    if (start.test) return;
    const at = this.clock.recordedAt();
    const id = await this.attempts.add(kind, start, at);
    if (start.channel !== 'sms') return;
    const { organizationId, country, prefix, network } = start;
    this.unitOfWork.afterCommit(() => {
      this.conversions.note({ id, kind, organizationId, country, prefix, network, at });
    });
  }
}

const reasonOf = ({ rule, explanation, observed, allowed }: FraudFinding): GuardReason => ({
  rule,
  explanation,
  observed,
  allowed,
});

function letThrough(rule: string, explanation: string, findings: readonly FraudFinding[]): GuardDecision {
  return {
    outcome: 'allow',
    reasons: [{ rule, explanation, observed: null, allowed: null }, ...findings.map(reasonOf)],
  };
}
