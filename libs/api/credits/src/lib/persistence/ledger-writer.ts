import { Inject, Injectable } from '@nestjs/common';
import { Database, UnitOfWork, type SqlValue } from '@tollgate/api/database';
import { Clock, DomainError, newId, RequestContext, type Principal } from '@tollgate/api/kernel';
import type { LedgerSource, Operation } from '../credit-ledger';
import { entriesOf, type EntryKind, type PostedAmount } from '../domain/postings';

export interface NewTransaction {
  readonly kind: EntryKind;
  /** Signed milli-credits, as the organization's account sees them; never zero. */
  readonly amount: number;
  readonly applicationId: string | null;
  readonly operation: Operation | null;
  readonly country: string | null;
  readonly priceId: string | null;
  /** Null = the transaction itself is its source: acts of staff. */
  readonly source: LedgerSource | null;
  /** Unique in the ledger. Null = nothing repeats this. */
  readonly onceKey: string | null;
  readonly reversesId: string | null;
  readonly description: string;
  readonly reason: string | null;
}

export interface Posting {
  readonly organizationId: string;
  readonly transactions: readonly NewTransaction[];
  /** Signed milli-credits: what more (or less) the account holds afterwards. */
  readonly heldDelta: number;
}

export interface PostedResult {
  readonly transactionIds: readonly string[];
  readonly postedBefore: number;
  readonly postedAfter: number;
}

interface AccountRow {
  posted: number;
  held: number;
  seq: number;
}

const ONCE_ONLY = Symbol('once only');

/**
 * Writes the ledger. Invariants: every transaction's two entries sum to zero; the account's `posted` is the sum of its
 * entries and its `seq` their number; `posted − held ≥ 0` and `held ≥ 0` always.
 *
 * Race: any number of transactions on one account. The guarded UPDATE decides, and its row lock, held to the commit,
 * puts them in one order, so the row read after it is ours alone and numbering needs no other lock. The rows with the
 * unique keys go in before it, so that a duplicate waits for nobody and locks nobody.
 *
 * Failure: outside a unit of work it refuses to run; inside one, whatever throws rolls everything back.
 */
@Injectable()
export class LedgerWriter {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Posts all or nothing. Null when a once-key exists already: then nothing was written.
   * @throws DomainError insufficient_credits
   */
  async post(posting: Posting): Promise<PostedResult | null> {
    if (!this.unitOfWork.active) throw new Error('the ledger is written inside the unit of work of its cause');
    assertIntegers(posting);
    const at = this.clock.recordedAt();
    const transactionIds = posting.transactions.map(() => newId('ltx', at));
    if ((await this.insertTransactions(posting, transactionIds, at)) === ONCE_ONLY) return null;

    const delta = posting.transactions.reduce((sum, one) => sum + one.amount, 0);
    await this.updateAccount(posting, delta, at);
    if (posting.transactions.length === 0) return { transactionIds, postedBefore: 0, postedAfter: 0 };

    const account = await this.account(posting.organizationId);
    if (account === null) throw new Error('the account that was just updated is not there');
    await this.insertEntries(posting, transactionIds, account, at);
    return { transactionIds, postedBefore: account.posted - delta, postedAfter: account.posted };
  }

  async account(organizationId: string): Promise<AccountRow | null> {
    const [row] = await this.database.query<AccountRow>(
      'SELECT posted, held, seq FROM ledger_account WHERE organization_id = ?',
      [organizationId],
    );
    return row === undefined ? null : { posted: Number(row.posted), held: Number(row.held), seq: Number(row.seq) };
  }

  private async insertTransactions(
    posting: Posting,
    ids: readonly string[],
    at: number,
  ): Promise<typeof ONCE_ONLY | undefined> {
    if (posting.transactions.length === 0) return undefined;
    const actor = actorOf(RequestContext.current()?.principal ?? null);
    const requestId = RequestContext.current()?.requestId ?? null;
    const values = posting.transactions.flatMap((one, i): SqlValue[] => {
      const id = ids[i] ?? '';
      return [
        id,
        posting.organizationId,
        one.applicationId,
        one.kind,
        one.amount,
        one.operation,
        one.country,
        one.priceId,
        one.source?.type ?? one.kind,
        one.source?.id ?? id,
        one.onceKey ?? `${id}:${one.kind}`,
        one.reversesId,
        one.description.slice(0, 200),
        one.reason,
        actor.kind,
        actor.id,
        actor.label,
        requestId,
        at,
      ]; // prettier-ignore -- in the order of the columns
    });
    try {
      await this.database.execute(
        `INSERT INTO ledger_transaction (id, organization_id, application_id, kind, amount, operation, country, price_id,
          source_type, source_id, once_key, reverses_id, description, reason, actor_kind, actor_id, actor_label,
          request_id, recorded_at) VALUES ${rows(posting.transactions.length, 19)}`,
        values,
      );
      return undefined;
    } catch (error) {
      if (this.database.isDuplicate(error)) return ONCE_ONLY;
      throw error;
    }
  }

  /** The one statement that decides. */
  private async updateAccount(posting: Posting, delta: number, at: number): Promise<void> {
    const { organizationId, heldDelta, transactions } = posting;
    const { affected } = await this.database.execute(
      `UPDATE ledger_account SET posted = posted + ?, held = held + ?, seq = seq + ?, updated_at = ?
        WHERE organization_id = ? AND posted - held + ? >= 0 AND held + ? >= 0`,
      [delta, heldDelta, transactions.length, at, organizationId, delta - heldDelta, heldDelta],
    );
    if (affected === 1) return;
    const account = await this.account(organizationId);
    if (account === null && heldDelta === 0 && delta > 0) return this.openAccount(posting, delta, at);
    // The first credits came between the two statements: what was refused is possible by now.
    const possible = account !== null && account.held + heldDelta >= 0;
    if (possible && account.posted - account.held + delta - heldDelta >= 0) {
      return this.updateAccount(posting, delta, at);
    }
    if ((account?.held ?? 0) + heldDelta < 0) {
      throw new Error(`the account of ${organizationId} holds less than what was to be settled`);
    }
    throw insufficientCredits((account?.posted ?? 0) - (account?.held ?? 0), heldDelta - delta);
  }

  /** The first credits of an organization. Two at once: one row, and the other's update is run again. */
  private async openAccount(posting: Posting, delta: number, at: number): Promise<void> {
    try {
      await this.database.execute(
        `INSERT INTO ledger_account (organization_id, posted, held, seq, created_at, updated_at)
          VALUES (?, ?, 0, ?, ?, ?)`,
        [posting.organizationId, delta, posting.transactions.length, at, at],
      );
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      await this.updateAccount(posting, delta, at);
    }
  }

  private async insertEntries(
    posting: Posting,
    ids: readonly string[],
    account: AccountRow,
    at: number,
  ): Promise<void> {
    const posted = posting.transactions.map(({ kind, amount }, i): PostedAmount => ({
      transactionId: ids[i] ?? '',
      kind,
      amount,
    }));
    const entries = entriesOf(posted, account.posted, account.seq);
    await this.database.execute(
      `INSERT INTO ledger_entry (transaction_id, line, organization_id, account, amount, seq, balance_after, recorded_at)
        VALUES ${rows(entries.length, 8)}`,
      entries.flatMap((entry): SqlValue[] => [
        entry.transactionId,
        entry.line,
        posting.organizationId,
        entry.account,
        entry.amount,
        entry.seq,
        entry.balanceAfter,
        at,
      ]),
    );
  }
}

function insufficientCredits(available: number, required: number): DomainError {
  return new DomainError('insufficient_credits', {
    detail: `This needs ${required} milli-credits; ${available} are available.`,
    extra: { balance: available, required },
  });
}

function actorOf(principal: Principal | null): { kind: string; id: string; label: string } {
  if (principal === null) return { kind: 'system', id: 'system:job', label: 'system' };
  return { kind: principal.kind, id: principal.userId ?? principal.id, label: principal.label.slice(0, 254) };
}

/** Fractions and unsafe integers would be rounded somewhere on the way: refused before anything is written. */
function assertIntegers(posting: Posting): void {
  const amounts = [posting.heldDelta, ...posting.transactions.map((one) => one.amount)];
  if (!amounts.every(Number.isSafeInteger)) throw new Error('amounts are whole milli-credits');
  if (posting.transactions.some((one) => one.amount === 0)) throw new Error('an amount of zero is not posted');
}

const rows = (count: number, columns: number): string =>
  Array.from({ length: count }, () => `(${Array.from({ length: columns }, () => '?').join(', ')})`).join(', ');
