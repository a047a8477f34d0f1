import { Inject, Injectable } from '@nestjs/common';
import { ApplicationDirectory, type ApplicationFacts } from '@tollgate/api/applications';
import type { ViolatedPolicy } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { AskFraudGuard } from './ask-fraud-guard';
import { CheckSpendCaps } from './check-spend-caps';
import { CountStart } from './count-start';
import { DescribeStart } from './describe-start';
import { KeepRefusals } from './keep-refusals';
import type { GuardDecision, GuardReason, StartAttempt, StartGate } from './start-gate';

/**
 * The door `StartGate`: what costs nothing to ask first, the destination's row last. Every refusal and every block,
 * also one that was only recorded, is kept by its request id. Whatever cannot be asked refuses.
 */
@Injectable()
export class GateStarts implements StartGate {
  constructor(
    @Inject(ApplicationDirectory) private readonly applications: ApplicationDirectory,
    @Inject(DescribeStart) private readonly describe: DescribeStart,
    @Inject(CheckSpendCaps) private readonly caps: CheckSpendCaps,
    @Inject(CountStart) private readonly limits: CountStart,
    @Inject(AskFraudGuard) private readonly guard: AskFraudGuard,
    @Inject(KeepRefusals) private readonly refusals: KeepRefusals,
  ) {}

  async admit(attempt: StartAttempt): Promise<GuardDecision> {
    try {
      const decision = await this.decide(attempt);
      if (decision.outcome !== 'allow') await this.keepDecision(attempt, decision);
      return decision;
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') await this.keepRefusal(attempt, error);
      throw error;
    }
  }

  async observe({ kind, attempt }: Parameters<StartGate['observe']>[0]): Promise<void> {
    await this.guard.observe(kind, this.describe.of(attempt));
  }

  private async decide(attempt: StartAttempt): Promise<GuardDecision> {
    const application = await this.applications.get(attempt.applicationId);
    assertCountry(application, attempt.country);
    await this.caps.check(attempt, application);
    const start = this.describe.of(attempt);
    await this.limits.takeShared(start, attempt.kind);
    const decision: GuardDecision =
      attempt.kind === 'start'
        ? await this.guard.decide(start, attempt.clientIp, application.fraudGuard)
        : { outcome: 'allow', reasons: [] };
    if (decision.outcome !== 'block') await this.limits.takeDestination(start);
    return decision;
  }

  private async keepDecision(attempt: StartAttempt, { outcome, reasons }: GuardDecision): Promise<void> {
    if (outcome === 'allow') return;
    await this.refusals.record({
      attempt,
      outcome: outcome === 'block' ? 'blocked' : 'would_block',
      code: 'verification_blocked',
      policy: reasons[0]?.rule ?? null,
      reasons,
      retryAfter: null,
    });
  }

  private async keepRefusal(attempt: StartAttempt, error: DomainError): Promise<void> {
    const reasons = reasonsOf(error);
    await this.refusals.record({
      attempt,
      outcome: 'refused',
      code: error.code,
      policy: reasons[0]?.rule ?? null,
      reasons,
      retryAfter: error.details.retryAfter ?? null,
    });
  }
}

function assertCountry(application: ApplicationFacts, country: string | null): void {
  if (country === null || application.allowedCountries === null) return;
  if (application.allowedCountries.includes(country)) return;
  throw new DomainError('country_not_allowed', {
    param: 'to',
    detail: `The application does not send to ${country}; its settings name the countries that it sends to.`,
    extra: { country },
  });
}

/** The trace of a refusal: each limit with what was counted, or the one thing that stood in the way. */
function reasonsOf(error: DomainError): GuardReason[] {
  const { extra, detail } = error.details;
  const violated = (extra?.['violated_policies'] ?? []) as readonly ViolatedPolicy[];
  if (violated.length > 0) {
    return violated.map(({ name, limit, window_s, reset_s }) => ({
      rule: name,
      explanation: `${limit} within ${window_s} s are allowed; there is room again in ${reset_s} s`,
      observed: limit,
      allowed: limit,
    }));
  }
  const spent = extra?.['spent'];
  const cap = extra?.['cap'];
  return [
    {
      rule: error.code,
      explanation: detail ?? error.message,
      observed: typeof spent === 'number' ? spent : null,
      allowed: typeof cap === 'number' ? cap : null,
    },
  ];
}
