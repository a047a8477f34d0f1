import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, RequestContext } from '@tollgate/api/kernel';
import { canonicalEmail } from './domain/email';
import { RoleGrantRepository } from './persistence/role-grant.repository';
import { UserRepository } from './persistence/user.repository';
import { UserDirectory, type NewUser, type ProfileChange, type UserFacts } from './user-directory';

@Injectable()
export class OwnUserDirectory extends UserDirectory {
  constructor(
    private readonly users: UserRepository,
    private readonly grants: RoleGrantRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  canonicalEmail(text: string): string | null {
    return canonicalEmail(text);
  }

  find(userId: string): Promise<UserFacts | null> {
    return this.users.find(userId);
  }

  findByEmail(organizationId: string, email: string): Promise<UserFacts | null> {
    return this.users.findByEmail(organizationId, email);
  }

  staffByEmail(email: string): Promise<UserFacts[]> {
    return this.users.staffByEmail(email);
  }

  async create(user: NewUser): Promise<UserFacts> {
    if (canonicalEmail(user.email) !== user.email) throw new Error('users are created with a canonical address');
    return this.unitOfWork.run(async () => {
      const now = this.clock.recordedAt();
      const id = await this.users.insert(user, now);
      const by = RequestContext.current()?.principal?.label ?? user.signUpMethod;
      for (const role of user.roles) {
        await this.grants.add({ organizationId: user.organizationId, userId: id, role }, by, now);
      }
      return this.get(id);
    });
  }

  async updateProfile(userId: string, change: ProfileChange, version?: number): Promise<UserFacts> {
    const done = await this.users.updateProfile(userId, change, version ?? null, this.clock.recordedAt());
    if (!done) throw new DomainError((await this.users.find(userId)) === null ? 'not_found' : 'version_conflict');
    return this.get(userId);
  }

  noteSignIn(userId: string, atMs: number): Promise<void> {
    return this.users.noteSignIn(userId, atMs);
  }

  noteSecondFactor(userId: string, on: boolean): Promise<void> {
    return this.users.noteSecondFactor(userId, on, this.clock.recordedAt());
  }

  countActive(role: string): Promise<number> {
    return this.grants.countActive(null, role);
  }

  private async get(userId: string): Promise<UserFacts> {
    const found = await this.users.find(userId);
    if (found === null) throw new DomainError('not_found');
    return found;
  }
}
