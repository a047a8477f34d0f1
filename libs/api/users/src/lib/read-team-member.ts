import { Injectable } from '@nestjs/common';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { UserRepository } from './persistence/user.repository';
import type { UserFacts } from './user-directory';

@Injectable()
export class ReadTeamMember {
  constructor(private readonly users: UserRepository) {}

  /** A user of another organization, or without a role, reads as not found. */
  async execute(userId: string, caller: Principal): Promise<UserFacts> {
    const { organizationId } = scopeOf(caller);
    const user = await this.users.find(userId);
    if (user === null || user.roles.length === 0) throw new DomainError('not_found');
    if (organizationId !== null && user.organizationId !== organizationId) throw new DomainError('not_found');
    return user;
  }
}
