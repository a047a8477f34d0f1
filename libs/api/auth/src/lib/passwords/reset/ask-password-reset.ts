import { Injectable } from '@nestjs/common';
import { SecretBox } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { addressBucket } from '@tollgate/api/http';
import { JobQueue } from '@tollgate/api/jobs';
import { Clock, newId } from '@tollgate/api/kernel';
import { requestContext } from '../../domain/reset-token';
import { PasswordResetRepository } from '../../persistence/password-reset.repository';
import { clientAddress } from '../../sessions/browser';
import { Attempts } from '../../sign-in/attempts';

export const RESET_JOB = 'auth.password_reset';

/**
 * Takes a wish for a new password. Whether anybody has the address is looked up by a job afterwards: answer, statements
 * and time are the same for everybody.
 */
@Injectable()
export class AskPasswordReset {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly attempts: Attempts,
    private readonly secretBox: SecretBox,
    private readonly jobs: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError account_locked when too many came from the caller's address */
  async execute(identifier: string): Promise<void> {
    const address = clientAddress();
    await this.attempts.begin([['reset', addressBucket(address)]]);
    const askedAt = this.clock.recordedAt();
    const id = newId('pwr', askedAt);
    await this.unitOfWork.run(async () => {
      const identifierSealed = this.secretBox.seal(identifier, requestContext(id));
      await this.resets.ask({ id, identifierSealed, address: address.slice(0, 64), askedAt });
      await this.jobs.enqueue({ type: RESET_JOB, payload: { request_id: id } });
    });
  }
}
