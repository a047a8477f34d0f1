import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { LOCKOUTS, type LockoutKind } from '../domain/lockout';
import { LockoutRepository, type CountedAttempt, type Counter } from '../persistence/lockout.repository';

/** What a counter is about: `['pair', email, address]`. */
export type Subject = readonly [LockoutKind, ...string[]];

export interface Attempt {
  readonly counted: readonly CountedAttempt[];
}

/** Counters of which somebody else's failures are a part: a right attempt takes back itself and no more. */
const SHARED: ReadonlySet<LockoutKind> = new Set(['address', 'setup']);

/** Slows down guessing. Every check of a secret that a person types begins here. */
@Injectable()
export class Attempts {
  constructor(
    private readonly lockouts: LockoutRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt on all subjects before it is judged, or on none.
   * @throws DomainError account_locked with `retry_after`, the same for people and addresses that do not exist
   */
  async begin(subjects: readonly Subject[]): Promise<Attempt> {
    this.unitOfWork.forbidInside('counting an attempt');
    const now = this.clock.recordedAt();
    // In one order for everybody: two attempts on the same counters wait for each other instead of deadlocking.
    const counters = subjects.map((subject) => this.counterOf(subject)).sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.unitOfWork.run(async () => {
      const counted: CountedAttempt[] = [];
      for (const counter of counters) {
        const one = await this.lockouts.count(counter, now);
        if (one === null) throw locked((await this.lockouts.blockedUntil(counter)) - now);
        counted.push(one);
      }
      return { counted };
    });
  }

  /** The attempt was right. Inside the transaction of what it led to. */
  async succeed(attempt: Attempt): Promise<void> {
    for (const counted of attempt.counted) {
      if (SHARED.has(counted.kind)) await this.lockouts.takeBack(counted);
      else await this.lockouts.forget(counted);
    }
  }

  private counterOf([kind, ...parts]: Subject): Counter {
    return { kind, key: `${kind}:${this.keyedHash.of('lockout', JSON.stringify(parts))}` };
  }
}

/** The counters of which this attempt used up the last free failure: worth a line in the audit log, once. */
export function newlyLocked(attempt: Attempt): readonly LockoutKind[] {
  return attempt.counted.filter(({ kind, failures }) => failures === LOCKOUTS[kind].free).map(({ kind }) => kind);
}

function locked(waitMs: number): DomainError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
  return new DomainError('account_locked', { retryAfter });
}
