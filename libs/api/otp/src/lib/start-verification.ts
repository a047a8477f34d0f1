import type { StartBody } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import type { GuardDecision } from '@tollgate/api/limits';
import { AdmitStart } from './admit-start';
import { applicationCaller } from './application-caller';
import { InTurn } from './domain/in-turn';
import { MeteredWork } from './metered-work';
import { OpenOrContinue, type StartedVerification } from './open-or-continue';
import { OpenVerification } from './open-verification';
import { PrepareStart, type StartPlan } from './prepare-start';

/**
 * Starts a verification, or continues the one that is pending for the same application, kind of key, destination and
 * purpose: prepares it from the request, has limits and the fraud guard admit it, then writes it in one transaction.
 */
@Injectable()
export class StartVerification {
  private readonly turns = new InTurn();

  constructor(
    private readonly prepare: PrepareStart,
    private readonly admission: AdmitStart,
    private readonly opening: OpenVerification,
    private readonly writing: OpenOrContinue,
    private readonly transactions: MeteredWork,
  ) {}

  async execute(body: StartBody, principal: Principal): Promise<StartedVerification> {
    const plan = await this.prepare.plan(body, applicationCaller(principal));
    return this.turns.run(plan.row.pendingKey, async (alone) => {
      // Somebody was just here with the same start: what it left behind inside its cool-down costs no allowance.
      const quiet = alone ? null : await this.writing.answerQuietly(plan);
      return quiet ?? this.admitted(plan);
    });
  }

  private async admitted(plan: StartPlan): Promise<StartedVerification> {
    const guard = await this.admission.admit(plan);
    const kept = { ...plan, row: { ...plan.row, details: { ...plan.row.details, guard } } };
    return guard.outcome === 'block' ? this.refuse(kept, guard) : this.writing.openOrContinue(kept);
  }

  /** Stored first, in a transaction of its own, then answered with a refusal: so it is there to be read. */
  private async refuse(plan: StartPlan, guard: GuardDecision): Promise<never> {
    await this.transactions.run(plan.row, () => this.opening.keepBlocked(plan));
    throw new DomainError('verification_blocked', {
      extra: { verification_id: plan.row.id, reasons: guard.reasons.map((reason) => reason.rule) },
    });
  }
}
