import type { StartBody, VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import type { GuardDecision } from '@tollgate/api/limits';
import { AdmitStart } from './admit-start';
import { applicationCaller } from './application-caller';
import { ContinueVerification } from './continue-verification';
import { InTurn } from './domain/in-turn';
import { MeteredWork } from './metered-work';
import { OpenVerification } from './open-verification';
import { PrepareStart, type StartPlan } from './prepare-start';
import { verificationView } from './verification-view';

/** `created`: 201. Else the pending one was continued: 200, and `resent` says whether it was sent again. */
export interface StartedVerification {
  readonly created: boolean;
  readonly resent: boolean;
  readonly view: VerificationView;
}

/** How often a pending verification may end under our hands between finding and continuing it. */
const MAX_ROUNDS = 10;

/**
 * Starts a verification, or continues the one that is pending for the same application, kind of key, destination and
 * purpose. Row, message, credits and usage are one transaction, with at most one verification by the unique
 * `pending_key`: of parallel starts one inserts, the others find its row.
 */
@Injectable()
export class StartVerification {
  private readonly turns = new InTurn();

  constructor(
    private readonly prepare: PrepareStart,
    private readonly admission: AdmitStart,
    private readonly opening: OpenVerification,
    private readonly continuing: ContinueVerification,
    private readonly transactions: MeteredWork,
    private readonly clock: Clock,
  ) {}

  async execute(body: StartBody, principal: Principal): Promise<StartedVerification> {
    const plan = await this.prepare.plan(body, applicationCaller(principal));
    return this.turns.run(plan.row.pendingKey, async (alone) => {
      // Somebody was just here with the same start: what it left behind inside its cool-down costs no allowance.
      if (!alone && (await this.continuing.isCoolingDown(plan.row.pendingKey))) {
        return this.openOrContinue(plan);
      }
      const guard = await this.admission.admit(plan);
      const admitted = withGuard(plan, guard);
      if (guard.outcome === 'block') await this.refuse(admitted, guard);
      return this.openOrContinue(admitted);
    });
  }

  private openOrContinue(plan: StartPlan): Promise<StartedVerification> {
    return this.transactions.run(plan.row, async () => {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const opened = await this.opening.open(plan);
        if (opened !== null) {
          const view = verificationView(opened.row, opened.sends, opened.row.createdAt);
          return { created: true, resent: false, view };
        }
        const continued = await this.continuing.continue(plan.row.pendingKey, this.clock.now());
        if (continued !== null) return { created: false, ...continued };
      }
      throw new DomainError('unavailable');
    });
  }

  /** Stored first, in a transaction of its own, then answered with a refusal: so it is there to be read. */
  private async refuse(plan: StartPlan, guard: GuardDecision): Promise<never> {
    await this.transactions.run(plan.row, () => this.opening.keepBlocked(plan));
    throw new DomainError('verification_blocked', {
      extra: { verification_id: plan.row.id, reasons: guard.reasons.map((reason) => reason.rule) },
    });
  }
}

function withGuard(plan: StartPlan, guard: GuardDecision): StartPlan {
  return { ...plan, row: { ...plan.row, details: { ...plan.row.details, guard } } };
}
