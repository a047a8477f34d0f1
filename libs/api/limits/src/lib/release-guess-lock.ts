import { Inject, Injectable } from '@nestjs/common';
import { DestinationForms } from '@tollgate/api/applications';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { GuessLockView, InputOf, listGuessLocks, Page } from '@tollgate/contracts';
import { GuessCounters } from './persistence/guess-counters';

/** Destinations whose guessing is slowed or locked, and the step-up by staff that lets them guess again. */
@Injectable()
export class ReleaseGuessLock {
  constructor(
    @Inject(GuessCounters) private readonly counters: GuessCounters,
    @Inject(DestinationForms) private readonly forms: DestinationForms,
    @Inject(KeyedHash) private readonly hashes: KeyedHash,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  page(caller: Principal, query: InputOf<typeof listGuessLocks>['query']): Promise<Page<GuessLockView>> {
    const hash = query.to === undefined ? null : this.hashOf(query.to, query.test === 'true');
    return this.counters.page(scopeOf(caller), query, hash, this.clock.recordedAt());
  }

  /** @throws DomainError not_found */
  execute(id: string, reason: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const released = await this.counters.release(id);
      if (released === null) throw new DomainError('not_found');
      await this.audit.record({
        action: 'destination.unlocked',
        organizationId: released.organizationId,
        target: { type: 'guess_lock', id },
        reason,
      });
    });
  }

  /** As checks are counted: test keys by the mailbox as it is. */
  private hashOf(to: string, test: boolean): string {
    const form = this.forms.read(to);
    return this.hashes.of('destination', test ? form.to : (form.limitForm ?? form.to));
  }
}
