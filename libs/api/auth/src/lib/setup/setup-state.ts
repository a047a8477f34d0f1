import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { DomainError } from '@tollgate/api/kernel';
import { UserDirectory } from '@tollgate/api/users';
import { SetupRepository } from '../persistence/setup.repository';

/**
 * Where the first run is. `token`: nobody has given the token; `administrator`: this browser has; `steps`: there is
 * an administrator, who goes on signed in; `closed`: done, for good.
 */
export type SetupPhase = 'token' | 'administrator' | 'steps' | 'closed';

@Injectable()
export class SetupState {
  constructor(
    private readonly setup: SetupRepository,
    private readonly users: UserDirectory,
    private readonly keyedHash: KeyedHash,
  ) {}

  async phase(ticket: string | null): Promise<SetupPhase> {
    const row = await this.setup.read();
    if (row !== null && row.administratorAt !== null) return row.completedAt === null ? 'steps' : 'closed';
    // Super admins that came another way (seeded, brought along): there is nothing to set up.
    if ((await this.users.countActive('super_admin')) > 0) return 'closed';
    const known = ticket !== null && row?.ticketHash === this.keyedHash.of('setup_ticket', ticket);
    return known ? 'administrator' : 'token';
  }

  /** @throws DomainError setup_closed, setup_token_invalid when the set-up is not in that phase for this browser */
  async demand(phase: SetupPhase, ticket: string | null): Promise<void> {
    const is = await this.phase(ticket);
    if (is === phase) return;
    throw new DomainError(is === 'token' || is === 'administrator' ? 'setup_token_invalid' : 'setup_closed');
  }
}
