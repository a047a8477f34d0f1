import { UnitOfWork } from '@tollgate/api/database';
import type { ReadyAnswer } from '../answer';
import type { IdempotencyRecords } from '../persistence/idempotency-records';
import { withoutSecrets } from './without-secrets';

/** Kept so long, then the key may be used for something else. */
export const KEPT_MS = 24 * 60 * 60 * 1000;

/** Somebody else committed the answer of this call first; the transaction that finds out is rolled back. */
export class AnsweredElsewhere extends Error {}

export interface CallFacts {
  readonly id: string;
  readonly fingerprint: string;
  readonly organizationId: string;
  readonly secrets: readonly string[];
  /** Epoch ms of the database's clock. */
  readonly now: number;
  /** The answer that a unit of work's result makes, or null when the result is not one. */
  readonly answerFrom: (result: unknown) => ReadyAnswer | null;
}

/**
 * One idempotent call while its handler runs. Invariant: the answer is committed with the effect or not at all. It is
 * added as the last statement of the effect's own transaction, made from what that transaction's `run` returned;
 * whoever comes second to the primary key is rolled back, so of any number of duplicates one has an effect. A crash
 * before the commit leaves neither effect nor answer, after it both.
 */
export class IdempotentCall {
  /** The committed answer, secrets included; null until there is one. */
  committed: ReadyAnswer | null = null;
  /** Whether a unit of work ended whose result was no answer. */
  missed = false;
  private over = false;

  constructor(
    private readonly facts: CallFacts,
    private readonly records: IdempotencyRecords,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Inside each outermost transaction of the call, before it commits. */
  async beforeCommit(result: unknown): Promise<void> {
    if (this.over || this.committed !== null) return;
    const answer = this.facts.answerFrom(result);
    if (answer === null) {
      this.missed = true;
      return;
    }
    await this.add(answer);
    this.unitOfWork.afterCommit(() => {
      this.committed = answer;
    });
  }

  /** For a call that changed nothing, outside any transaction. */
  async add(answer: ReadyAnswer): Promise<void> {
    const { id, fingerprint, organizationId, secrets, now } = this.facts;
    const body = answer.body === undefined ? null : JSON.stringify(withoutSecrets(answer.body, secrets));
    const added = await this.records.add({
      id,
      fingerprint,
      organizationId,
      status: answer.status,
      body,
      createdAt: now,
      expiresAt: now + KEPT_MS,
    });
    if (!added) throw new AnsweredElsewhere();
  }

  /** The handler is done: work that it left behind does not belong to the call. */
  end(): void {
    this.over = true;
  }
}
