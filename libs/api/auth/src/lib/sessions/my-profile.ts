import { Injectable } from '@nestjs/common';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import type { InputOf, MeView, updateMe } from '@tollgate/contracts';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { CredentialRepository } from '../persistence/credential.repository';
import { signedIn } from './signed-in';

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

@Injectable()
export class ReadMyProfile {
  constructor(
    private readonly users: UserDirectory,
    private readonly credentials: CredentialRepository,
  ) {}

  async execute(caller: Principal): Promise<MeView> {
    const user = await this.users.find(signedIn(caller).userId);
    if (user === null) throw new DomainError('invalid_session');
    const password = await this.credentials.password(user.id);
    const recovery = await this.credentials.recoveryCodesLeft(user.id);
    return {
      id: user.id,
      organization_id: user.organizationId,
      email: user.email,
      name: user.name,
      first_name: user.firstName,
      last_name: user.lastName,
      locale: user.locale,
      time_zone: user.timeZone,
      second_factor: user.secondFactor,
      recovery_codes_remaining: recovery.remaining,
      password_changed_at: instant(password?.changedAt ?? null),
      created_at: new Date(user.createdAt).toISOString(),
      last_sign_in_at: instant(user.lastSignInAt),
      version: user.version,
    };
  }
}

type ProfileWish = InputOf<typeof updateMe>['body'];

@Injectable()
export class ChangeMyProfile {
  constructor(
    private readonly users: UserDirectory,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError time_zone_invalid, version_conflict */
  async execute(wish: ProfileWish, caller: Principal): Promise<UserFacts> {
    const { userId } = signedIn(caller);
    if (typeof wish.time_zone === 'string' && !isTimeZone(wish.time_zone)) {
      throw new DomainError('time_zone_invalid', { param: 'time_zone' });
    }
    return this.unitOfWork.run(async () => {
      const before = await this.users.find(userId);
      if (before === null) throw new DomainError('invalid_session');
      const change = {
        name: wish.name,
        firstName: wish.first_name,
        lastName: wish.last_name,
        locale: wish.locale,
        timeZone: wish.time_zone,
      };
      const after = await this.users.updateProfile(userId, change, wish.version);
      await this.audit.record({
        action: 'user.profile_changed',
        organizationId: after.organizationId,
        target: { type: 'user', id: userId, label: after.email },
        changes: changesBetween(profile(before), profile(after)),
      });
      return after;
    });
  }
}

function profile(user: UserFacts): Record<string, string | null> {
  return {
    name: user.name,
    first_name: user.firstName,
    last_name: user.lastName,
    locale: user.locale,
    time_zone: user.timeZone,
  };
}

/** An IANA name; abbreviations and offsets such as `+02:00` are not. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
