import type { CheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller, inScope } from './application-caller';
import { CheckCode } from './check-code';
import { VerificationWrites } from './persistence/verification-writes';
import { VerificationCodes } from './verification-codes';

/** Checks the code of one verification. */
@Injectable()
export class CheckVerification {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly codes: VerificationCodes,
    private readonly checking: CheckCode,
  ) {}

  /** @throws verification_not_found, invalid_code_format, destination_locked, factor_locked */
  async execute(id: string, typed: string, principal: Principal): Promise<CheckResult> {
    const caller = applicationCaller(principal);
    const row = await this.writes.byId(id);
    if (row === null || !inScope(caller, row)) {
      // As much work as for one that exists, and the same words whether it is unknown or somebody else's.
      this.codes.decoy(typed);
      throw new DomainError('verification_not_found');
    }
    return this.checking.check(row, typed);
  }
}
