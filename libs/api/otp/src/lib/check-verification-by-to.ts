import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller } from './application-caller';
import { CheckCode } from './check-code';
import { DestinationVault } from './destination-vault';
import { readDestination } from './domain/destination';
import { VerificationWrites } from './persistence/verification-writes';
import { VerificationCodes } from './verification-codes';

const NOTHING_PENDING: CheckResult = {
  id: null,
  valid: false,
  status: null,
  reason: 'expired_or_not_found',
  checks_remaining: 0,
};

/** Checks the pending verification of a destination and purpose, for clients that keep no id. */
@Injectable()
export class CheckVerificationByTo {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly codes: VerificationCodes,
    private readonly vault: DestinationVault,
    private readonly checking: CheckCode,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws invalid_destination, unsupported_line_type, invalid_code_format, destination_locked */
  async execute(
    body: { readonly to: string; readonly purpose?: string | undefined; readonly code: string },
    principal: Principal,
  ): Promise<CheckResult> {
    const caller = applicationCaller(principal);
    // Judged before anything is looked up, so that the answer cannot tell whether something is there.
    if (!/^[0-9]{4,10}$/.test(body.code)) throw new DomainError('invalid_code_format', { param: 'code' });
    const subject = this.vault.hashOf(readDestination(body.to));
    const key = this.vault.pendingKeyOf({ ...caller, subject, purpose: body.purpose ?? 'sign_in' });
    const row = await this.writes.byPendingKey(key);
    if (row === null || row.expiresAt <= this.clock.now()) {
      this.codes.decoy(body.code);
      // In a unit of work like every answer that an Idempotency-Key may repeat.
      return this.unitOfWork.run(() => Promise.resolve(NOTHING_PENDING));
    }
    return this.checking.check(row, body.code);
  }
}
