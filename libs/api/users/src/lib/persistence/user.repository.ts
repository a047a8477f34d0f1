import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import { DomainError, newId } from '@tollgate/api/kernel';
import type { NewUser, ProfileChange, SignUpMethod, UserFacts, UserStatus } from '../user-directory';
import { UserEntity } from './user.entity';

/** One row for each role of the user; one with a null role for somebody without. */
export interface UserRow {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  time_zone: string | null;
  status: UserStatus;
  sign_up_method: SignUpMethod;
  second_factor: number;
  security_epoch: number;
  version: number;
  last_sign_in_at: number | null;
  created_at: number;
  role: string | null;
}

export const USER_COLUMNS =
  'u.id, u.organization_id, u.email, u.name, u.first_name, u.last_name, u.locale, u.time_zone, u.status, ' +
  'u.sign_up_method, u.second_factor, u.security_epoch, u.version, u.last_sign_in_at, u.created_at';

const WITH_ROLES =
  `SELECT ${USER_COLUMNS}, g.role AS role FROM user u ` +
  'LEFT JOIN role_grant g ON g.user_id = u.id AND g.organization_id = u.organization_id';

export function factsOf(row: UserRow, roles: readonly string[]): UserFacts {
  return {
    id: row.id,
    organizationId: row.organization_id,
    email: row.email,
    name: row.name,
    firstName: row.first_name,
    lastName: row.last_name,
    locale: row.locale,
    timeZone: row.time_zone,
    status: row.status,
    signUpMethod: row.sign_up_method,
    roles,
    securityEpoch: row.security_epoch,
    secondFactor: Number(row.second_factor) === 1,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
    version: row.version,
  };
}

/** One user for each run of rows with the same id. */
function grouped(rows: readonly UserRow[]): UserFacts[] {
  const found = new Map<string, { row: UserRow; roles: string[] }>();
  for (const row of rows) {
    const known = found.get(row.id) ?? { row, roles: [] };
    if (row.role !== null) known.roles.push(row.role);
    found.set(row.id, known);
  }
  return [...found.values()].map(({ row, roles }) => factsOf(row, roles));
}

/** Users with the roles they hold in their own organization. Deleted ones are never found. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  async find(userId: string): Promise<UserFacts | null> {
    return this.one(`${WITH_ROLES} WHERE u.id = ? AND u.status <> 'deleted' ORDER BY g.role`, [userId]);
  }

  async findByEmail(organizationId: string, email: string): Promise<UserFacts | null> {
    return this.one(`${WITH_ROLES} WHERE u.organization_id = ? AND u.email_key = ? ORDER BY g.role`, [
      organizationId,
      email,
    ]);
  }

  async staffByEmail(email: string): Promise<UserFacts[]> {
    const rows = await this.database.query<UserRow>(
      `SELECT ${USER_COLUMNS}, g.role AS role FROM user u
       JOIN role_grant g ON g.user_id = u.id AND g.organization_id = u.organization_id
       WHERE u.email_key = ? AND u.status = 'active'
       ORDER BY COALESCE(u.last_sign_in_at, 0) DESC, u.id, g.role LIMIT 200`,
      [email],
    );
    return grouped(rows).slice(0, 20);
  }

  /** @throws DomainError `member_exists` when the address is taken in this directory. */
  async insert(user: NewUser, atMs: number): Promise<string> {
    const id = newId('usr', atMs);
    try {
      await this.database.manager.insert(UserEntity, {
        id,
        organizationId: user.organizationId,
        email: user.email,
        emailKey: user.email,
        backupEmail: null,
        mobile: null,
        empId: null,
        name: user.name,
        firstName: null,
        lastName: null,
        locale: null,
        timeZone: null,
        status: user.status,
        signUpMethod: user.signUpMethod,
        secondFactor: false,
        securityEpoch: 1,
        version: 1,
        lastSignInAt: null,
        createdAt: atMs,
        updatedAt: atMs,
      });
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('member_exists', {}, error);
      throw error;
    }
    return id;
  }

  /** False when the user is gone or, with `version`, has another version. */
  async updateProfile(userId: string, change: ProfileChange, version: number | null, atMs: number): Promise<boolean> {
    const columns: [string, SqlValue][] = [];
    if (change.name !== undefined) columns.push(['name', change.name]);
    if (change.firstName !== undefined) columns.push(['first_name', change.firstName]);
    if (change.lastName !== undefined) columns.push(['last_name', change.lastName]);
    if (change.locale !== undefined) columns.push(['locale', change.locale]);
    if (change.timeZone !== undefined) columns.push(['time_zone', change.timeZone]);
    const sets = columns.map(([column]) => `${column} = ?, `).join('');
    const { affected } = await this.database.execute(
      `UPDATE user SET ${sets}version = version + 1, updated_at = ? WHERE id = ? AND status <> 'deleted'` +
        (version === null ? '' : ' AND version = ?'),
      [...columns.map(([, value]) => value), atMs, userId, ...(version === null ? [] : [version])],
    );
    return affected === 1;
  }

  /**
   * Sets the status and ends the user's sessions with it: a session that began in another epoch is refused at its next
   * request, on every process. A deleted user gives the address free.
   */
  async setStatus(userId: string, status: 'active' | 'disabled' | 'deleted', atMs: number): Promise<void> {
    await this.database.execute(
      `UPDATE user SET status = ?, email_key = ${status === 'deleted' ? 'NULL' : 'email_key'},
         security_epoch = security_epoch + 1, version = version + 1, updated_at = ?
       WHERE id = ? AND status <> 'deleted'`,
      [status, atMs, userId],
    );
  }

  /** Ends the user's sessions: for a change of roles. */
  async nextEpoch(userId: string, atMs: number): Promise<void> {
    await this.database.execute(
      'UPDATE user SET security_epoch = security_epoch + 1, version = version + 1, updated_at = ? WHERE id = ?',
      [atMs, userId],
    );
  }

  async noteSignIn(userId: string, atMs: number): Promise<void> {
    await this.database.execute('UPDATE user SET last_sign_in_at = ? WHERE id = ?', [atMs, userId]);
  }

  async noteSecondFactor(userId: string, on: boolean, atMs: number): Promise<void> {
    await this.database.execute('UPDATE user SET second_factor = ?, updated_at = ? WHERE id = ?', [
      on ? 1 : 0,
      atMs,
      userId,
    ]);
  }

  private async one(sql: string, values: readonly SqlValue[]): Promise<UserFacts | null> {
    return grouped(await this.database.query<UserRow>(sql, values))[0] ?? null;
  }
}
