import type { Permission } from '@tollgate/contracts';

export type UserStatus = 'pending' | 'active' | 'disabled' | 'deleted';
/** How the user came to be. */
export type SignUpMethod = 'invitation' | 'setup' | 'seed' | 'staff';

export interface UserFacts {
  readonly id: string;
  readonly organizationId: string;
  /** Canonical: lower case, NFKC, IDNA. */
  readonly email: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** BCP 47, or null for the organization's. */
  readonly locale: string | null;
  /** IANA, or null for the organization's. */
  readonly timeZone: string | null;
  readonly status: UserStatus;
  readonly signUpMethod: SignUpMethod;
  /** Roles held in the user's own organization. */
  readonly roles: readonly string[];
  /** Counts up when roles or status change: a session that began with another value is over. */
  readonly securityEpoch: number;
  /** Whether a second factor is active; kept up to date by `noteSecondFactor`. */
  readonly secondFactor: boolean;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly version: number;
}

export interface NewUser {
  readonly organizationId: string;
  /** Canonical. */
  readonly email: string;
  readonly name: string;
  readonly status: 'pending' | 'active';
  readonly signUpMethod: SignUpMethod;
  readonly roles: readonly string[];
}

export interface ProfileChange {
  readonly name?: string | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
}

/**
 * The directory of every organization's users, for the slices that prove who somebody is. It knows no password and no
 * factor. Reads are never cached: a disabled user is refused at the next request on every process.
 */
export abstract class UserDirectory {
  /** The canonical form of an address, or null when it is none that we take. */
  abstract canonicalEmail(text: string): string | null;
  /** Null also for a deleted user. */
  abstract find(userId: string): Promise<UserFacts | null>;
  /** By canonical address in one directory. Deleted users are not found. */
  abstract findByEmail(organizationId: string, email: string): Promise<UserFacts | null>;
  /**
   * The active people with a role who have this address, in any directory, who signed in last first; at most 20.
   * Always one statement, so that its time does not tell how many there are.
   */
  abstract staffByEmail(email: string): Promise<UserFacts[]>;
  /** In the caller's transaction. `member_exists` when the address is taken in this directory. */
  abstract create(user: NewUser): Promise<UserFacts>;
  /** `version_conflict` when `version` is given and not the current one; `not_found` for a deleted user. */
  abstract updateProfile(userId: string, change: ProfileChange, version?: number): Promise<UserFacts>;
  abstract noteSignIn(userId: string, atMs: number): Promise<void>;
  abstract noteSecondFactor(userId: string, on: boolean): Promise<void>;
  /** How many people hold the role and are active, over all organizations of its level. */
  abstract countActive(role: string): Promise<number>;
}

/** What roles mean, for whoever makes principals or gives roles away. */
export abstract class RoleBook {
  /** What people call the role; its key when it is none. */
  abstract nameOf(role: string): string;
  /** The union of what the roles allow; a key that is no role allows nothing. */
  abstract permissionsOf(roles: readonly string[]): ReadonlySet<Permission>;
  /**
   * Throws `role_not_assignable` unless somebody with these permissions may give each of the roles in the organization.
   * Nobody gives a role above their own.
   */
  abstract refuseUnassignable(
    holder: ReadonlySet<Permission>,
    organizationId: string,
    roles: readonly string[],
  ): Promise<void>;
}
