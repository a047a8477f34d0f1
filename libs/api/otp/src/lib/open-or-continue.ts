import type { VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { ContinueVerification } from './continue-verification';
import { ExplainRefusal } from './explain-refusal';
import { MeteredWork } from './metered-work';
import { OpenVerification } from './open-verification';
import type { StartPlan } from './prepare-start';
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
 * The one transaction of a start: row, message, credits and usage. At most one verification is pending for a key by
 * the unique `pending_key`: of parallel starts one inserts, the others find its row.
 */
@Injectable()
export class OpenOrContinue {
  constructor(
    private readonly opening: OpenVerification,
    private readonly continuing: ContinueVerification,
    private readonly explaining: ExplainRefusal,
    private readonly transactions: MeteredWork,
    private readonly clock: Clock,
  ) {}

  /** For a start that was admitted. @throws insufficient_credits, too_many_sends, and then nothing has happened */
  async openOrContinue(plan: StartPlan): Promise<StartedVerification> {
    return this.explaining.whenRejected(plan.row, 'start', () =>
      this.transactions.run(plan.row, async () => {
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
      }),
    );
  }

  /** Answers with the pending one as it is, if it is still inside its cool-down: nothing is sent. Null when not. */
  async answerQuietly(plan: StartPlan): Promise<StartedVerification | null> {
    const at = this.clock.now();
    if ((await this.continuing.quietly(plan.row.pendingKey, at)) === null) return null;
    return this.transactions.run(plan.row, async () => {
      const view = await this.continuing.quietly(plan.row.pendingKey, at);
      return view === null ? null : { created: false, resent: false, view };
    });
  }
}
