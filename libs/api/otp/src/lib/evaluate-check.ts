import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { CreditLedger } from '@tollgate/api/credits';
import { DomainError, newId, RequestContext } from '@tollgate/api/kernel';
import { UsageMeter, type Counter } from '@tollgate/api/metrics';
import { chargeLine } from './charge-line';
import { judge, type Evidence, type Verdict } from './domain/verdict';
import { EndVerification } from './end-verification';
import { LearnFromCheck } from './learn-from-check';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { usageOf } from './usage-of';

type Counted = Extract<Verdict, { kind: 'counted' }>;
type Ended = Extract<Verdict, { kind: 'ended' }>;

/** What is known of a check before its transaction. */
export interface MadeCheck {
  readonly evidence: Evidence;
  /** Whether wrong codes for the destination are on record. */
  readonly guessedBefore: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/** A row moves at most once a check and once at its end; ten checks is the most there are. */
const MAX_ROUNDS = 20;

/**
 * The writes of a check, inside one unit of work, the account row last.
 *
 * Invariant: a verification is evaluated at most `max_checks` times and approved at most once, however many checks run
 * at one instant, in one process or many. Race: each check takes the number that `check_count` had when it read the
 * row; the guarded UPDATE lets one check a number through, and the others read again and judge anew, by then perhaps a
 * verification that has ended. Failure: anything thrown rolls back the check with everything it wrote.
 *
 * Statements of a first live check: the guarded UPDATE, the check, the guess count unless there is nothing to clear, what
 * the guard observes when it was right, usage, and the ledger's four; the second and later ones post nothing. Before the transaction two reads:
 * the verification, and whether guessing is locked.
 */
@Injectable()
export class EvaluateCheck {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly ending: EndVerification,
    private readonly learning: LearnFromCheck,
    private readonly usage: UsageMeter,
    private readonly ledger: CreditLedger,
  ) {}

  /** `read` is the row as it was found before the transaction; the evidence cannot change with it. */
  async evaluate(read: Verification, check: MadeCheck): Promise<CheckResult> {
    const { evidence, at } = check;
    let row = read;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const verdict = judge(row, evidence, at);
      if (verdict.kind === 'ended') {
        if (!verdict.overdue || (await this.ending.end(row, 'expired', at))) return this.ended(row, verdict, at);
      } else if (await this.writes.countCheck(row, { status: verdict.status, captured: capturedBy(row), at })) {
        return this.counted(row, verdict, check);
      }
      const again = await this.writes.byId(row.id);
      if (again === null) throw new DomainError('verification_not_found');
      row = again;
    }
    throw new DomainError('unavailable');
  }

  private async counted(row: Verification, verdict: Counted, check: MadeCheck): Promise<CheckResult> {
    const { at } = check;
    const first = row.checkCount === 0;
    const captured = capturedBy(row);
    await this.addCheck(row, verdict.outcome, true, at);
    await this.learning.learn(row, verdict.valid, check.guessedBefore, at);
    const counts: Partial<Record<Counter, number>> = {
      checks: 1,
      [verdict.valid ? 'checks_right' : 'checks_wrong']: 1,
    };
    if (first) counts.first_checks = 1;
    if (verdict.status !== 'pending') counts[verdict.status] = 1;
    if (captured > 0) counts.credits = captured;
    await this.usage.count([
      usageOf(row, at, counts, {
        action: 'verification',
        result: verdict.valid ? 'success' : 'failed',
        ...(verdict.valid ? { latency: { kind: 'approval', ms: Math.max(0, at - row.createdAt) } } : {}),
      }),
    ]);
    if (row.held > 0) await this.capture(row, captured);
    return {
      id: row.id,
      valid: verdict.valid,
      status: verdict.status,
      reason: verdict.reason,
      checks_remaining: row.maxChecks - row.checkCount - 1,
    };
  }

  private async ended(row: Verification, verdict: Ended, at: number): Promise<CheckResult> {
    await this.addCheck(row, verdict.reason, false, at);
    await this.usage.count([
      usageOf(row, at, { checks: 1, checks_wrong: 1 }, { action: 'verification', result: 'failed' }),
    ]);
    return {
      id: row.id,
      valid: false,
      status: verdict.overdue ? 'expired' : row.status,
      reason: verdict.reason,
      checks_remaining: row.maxChecks - row.checkCount,
    };
  }

  private addCheck(row: Verification, outcome: string, counted: boolean, at: number): Promise<void> {
    return this.parts.addCheck({
      id: newId('chk', at),
      verificationId: row.id,
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      test: row.test,
      channel: row.channel,
      outcome,
      counted,
      requestId: RequestContext.current()?.requestId ?? null,
      at,
    });
  }

  /** From what the start held, at the start's price: whatever the balance is by now, it is paid for. */
  private async capture(row: Verification, amount: number): Promise<void> {
    const quote = {
      operation: 'verification.check' as const,
      price: amount,
      priceId: row.checkPriceId ?? '',
      country: row.country,
    };
    await this.ledger.capture({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      held: row.held,
      line: chargeLine(quote, { type: 'verification', id: row.id }),
    });
  }
}

/** The first check takes the price of the start; by then `held` is what pays for it. */
function capturedBy(row: Verification): number {
  return row.checkCount === 0 ? row.checkPrice : 0;
}
