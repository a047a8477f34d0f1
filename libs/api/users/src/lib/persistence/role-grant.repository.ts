import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import type { StaffMember } from '../staff-directory';
import { RoleGrantEntity } from './user.entity';

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

@Injectable()
export class RoleGrantRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the organization's turn: whoever changes its team in a transaction begins with this, and waits until every
   * other change of that team has committed. Only then is a count of owners true until the own commit: two people who
   * remove each other in parallel would else both see the other one still there.
   */
  async takeTurn(organizationId: string): Promise<void> {
    const turn = () =>
      this.database.execute('UPDATE team_lock SET turns = turns + 1 WHERE organization_id = ?', [organizationId]);
    if ((await turn()).affected > 0) return;
    try {
      await this.database.execute('INSERT INTO team_lock (organization_id, turns) VALUES (?, 1)', [organizationId]);
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      await turn();
    }
  }

  /** Active people of the organization who hold the role. */
  async countActive(organizationId: string | null, role: string): Promise<number> {
    const rows = await this.database.query<{ n: number }>(
      `SELECT COUNT(*) AS n FROM role_grant g JOIN user u ON u.id = g.user_id
       WHERE g.role = ? AND u.status = 'active'` + (organizationId === null ? '' : ' AND g.organization_id = ?'),
      organizationId === null ? [role] : [role, organizationId],
    );
    return Number(rows[0]?.n ?? 0);
  }

  async add(
    grant: { readonly organizationId: string; readonly userId: string; readonly role: string },
    grantedBy: string,
    atMs: number,
  ): Promise<void> {
    await this.database.manager.insert(RoleGrantEntity, {
      id: newId('grt', atMs),
      organizationId: grant.organizationId,
      userId: grant.userId,
      role: grant.role,
      grantedBy: grantedBy.slice(0, 320),
      createdAt: atMs,
    });
  }

  async remove(organizationId: string, userId: string, roles: readonly string[]): Promise<void> {
    if (roles.length === 0) return;
    await this.database.execute(
      `DELETE FROM role_grant WHERE organization_id = ? AND user_id = ? AND role IN (${marks(roles)})`,
      [organizationId, userId, ...roles],
    );
  }

  async removeAll(userId: string): Promise<void> {
    await this.database.execute('DELETE FROM role_grant WHERE user_id = ?', [userId]);
  }

  /** Roles by user, for a page of users of one or of many organizations. */
  async rolesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>();
    if (userIds.length === 0) return found;
    const rows = await this.database.query<{ user_id: string; role: string }>(
      `SELECT g.user_id AS user_id, g.role AS role FROM role_grant g WHERE g.user_id IN (${marks(userIds)}) ORDER BY g.role`,
      userIds,
    );
    for (const row of rows) found.set(row.user_id, [...(found.get(row.user_id) ?? []), row.role]);
    return found;
  }

  async staff(organizationId: string, roles: readonly string[]): Promise<StaffMember[]> {
    if (roles.length === 0) return [];
    const rows = await this.database.query<{ id: string; email: string; name: string; role: string }>(
      `SELECT u.id AS id, u.email AS email, u.name AS name, g.role AS role
       FROM role_grant g JOIN user u ON u.id = g.user_id
       WHERE g.organization_id = ? AND u.status = 'active' AND g.role IN (${marks(roles)}) ORDER BY u.id, g.role`,
      [organizationId, ...roles],
    );
    const members = new Map<string, StaffMember>();
    for (const row of rows) {
      const before = members.get(row.id);
      const held = [...(before?.roles ?? []), row.role];
      members.set(row.id, { userId: row.id, email: row.email, name: row.name, roles: held });
    }
    return [...members.values()];
  }
}
