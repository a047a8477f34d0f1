import { Injectable } from '@nestjs/common';
import { KeyedHash, randomToken } from '@tollgate/api/crypto';
import { Clock } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { SETUP_TOKEN_MS } from '../domain/session-lifetime';
import { SetupRepository } from '../persistence/setup.repository';

/** What the start-up of the server asks for its greeting. */
export abstract class FirstRun {
  /**
   * The one-time token that opens `/setup`, or null when the installation has a super admin. Each call makes another
   * and voids the one before; it lasts a day. Print it where only the operator sees it, and never into a log.
   */
  abstract setupToken(): Promise<string | null>;
}

@Injectable()
export class OwnFirstRun extends FirstRun {
  constructor(
    private readonly setup: SetupRepository,
    private readonly users: UserDirectory,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {
    super();
  }

  async setupToken(): Promise<string | null> {
    if ((await this.users.countActive('super_admin')) > 0) return null;
    const token = randomToken();
    const issued = await this.setup.issue(
      this.keyedHash.of('setup_token', token),
      this.clock.recordedAt() + SETUP_TOKEN_MS,
    );
    return issued ? token : null;
  }
}
