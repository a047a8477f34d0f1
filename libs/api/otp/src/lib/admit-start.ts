import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { StartGate, type GuardDecision } from '@tollgate/api/limits';
import { paused } from './domain/paused';
import { SCENARIOS } from './domain/scenario';
import type { StartPlan } from './prepare-start';

const NOTHING_TO_SAY: GuardDecision = { outcome: 'allow', reasons: [] };
const PRETENDED_COST = 6_000;

const pretended = (outcome: 'block' | 'would_block'): GuardDecision => ({
  outcome,
  reasons: [
    {
      rule: 'test_scenario',
      explanation: 'The destination asks for this outcome in test mode',
      observed: null,
      allowed: null,
    },
  ],
});

/** Asks limits and the fraud guard about a start, outside its transaction, and plays what a test destination asks for. */
@Injectable()
export class AdmitStart {
  constructor(private readonly gate: StartGate) {}

  /** @throws what the gate throws: quota_exceeded, spend_cap_reached, country_not_allowed, destination_suppressed */
  async admit({ row, attempt }: StartPlan): Promise<GuardDecision> {
    // Nothing is sent to a live test number and nothing charged, so there is nothing to guard.
    if (row.testNumberId !== null) return NOTHING_TO_SAY;
    const decision = await this.gate.admit(attempt);
    return row.scenario === null ? decision : play(row.scenario, decision);
  }
}

function play(scenario: string, decision: GuardDecision): GuardDecision {
  switch (scenario) {
    case SCENARIOS.fraudBlock:
      return pretended('block');
    case SCENARIOS.shadowBlock:
      return pretended('would_block');
    case SCENARIOS.insufficientCredits:
      throw new DomainError('insufficient_credits', { extra: { balance: 0, required: PRETENDED_COST } });
    case SCENARIOS.quotaExceeded:
      throw paused('quota_exceeded', { rule: 'destination_short', limit: 5, windowMs: 600_000, until: 60_000 }, 0);
    case SCENARIOS.countryRefused:
      throw new DomainError('country_not_allowed', { param: 'to' });
    default:
      return decision;
  }
}
