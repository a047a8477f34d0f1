import { Injectable } from '@nestjs/common';
import type { InvitationView, Page } from '@tollgate/contracts';
import { Database, keysetPage, where } from '@tollgate/api/database';
import { DomainError, type OrganizationScope } from '@tollgate/api/kernel';
import { InvitationEntity } from './entities';

export interface InvitationFilter {
  readonly status?: InvitationView['status'] | undefined;
  readonly sort?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

interface InvitationRow {
  id: string;
  organization_id: string;
  email: string;
  name: string | null;
  roles: string;
  status: InvitationEntity['status'];
  pending_key: string | null;
  key_id: string;
  generation: number;
  token_hash: string;
  invited_by: string;
  created_at: number;
  sent_at: number;
  expires_at: number;
  closed_at: number | null;
}

const COLUMNS =
  'i.id, i.organization_id, i.email, i.name, i.roles, i.status, i.pending_key, i.key_id, i.generation, i.token_hash, ' +
  'i.invited_by, i.created_at, i.sent_at, i.expires_at, i.closed_at';

function entityOf(row: InvitationRow): InvitationEntity {
  return {
    id: row.id,
    organizationId: row.organization_id,
    email: row.email,
    name: row.name,
    roles: row.roles,
    status: row.status,
    pendingKey: row.pending_key,
    keyId: row.key_id,
    generation: row.generation,
    tokenHash: row.token_hash,
    invitedBy: row.invited_by,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    expiresAt: row.expires_at,
    closedAt: row.closed_at,
  };
}

@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError member_exists while another invitation to this address is open */
  async insert(invitation: InvitationEntity): Promise<void> {
    try {
      await this.database.manager.insert(InvitationEntity, invitation);
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('member_exists', { param: 'email' }, error);
      throw error;
    }
  }

  /**
   * Invitations that ran out: their status follows within a minute by a job, and at once where it matters. They no
   * longer stand in the way of a new one. @returns how many
   */
  async lapse(nowMs: number): Promise<number> {
    const { affected } = await this.database.execute(
      "UPDATE invitation SET status = 'expired', pending_key = NULL WHERE status = 'pending' AND expires_at <= ?",
      [nowMs],
    );
    return affected;
  }

  async find(id: string): Promise<InvitationEntity | null> {
    return this.database.manager.findOneBy(InvitationEntity, { id });
  }

  async findIn(scope: OrganizationScope, id: string): Promise<InvitationEntity | null> {
    const found = await this.find(id);
    if (found === null || scope.organizationId === null) return found;
    return found.organizationId === scope.organizationId ? found : null;
  }

  /** The open invitation of a link, or null when it is unknown, used, withdrawn, replaced or too old. */
  async findOpen(tokenHash: string, nowMs: number): Promise<InvitationEntity | null> {
    const found = await this.database.manager.findOneBy(InvitationEntity, { tokenHash, status: 'pending' });
    return found !== null && nowMs < found.expiresAt ? found : null;
  }

  /** Single use: true for exactly one of any number of answers to the same link. */
  async accept(id: string, tokenHash: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE invitation SET status = 'accepted', pending_key = NULL, closed_at = ?
       WHERE id = ? AND token_hash = ? AND status = 'pending' AND expires_at > ?`,
      [nowMs, id, tokenHash, nowMs],
    );
    return affected === 1;
  }

  async withdraw(id: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE invitation SET status = 'withdrawn', pending_key = NULL, closed_at = ? WHERE id = ? AND status IN ('pending', 'expired')`,
      [nowMs, id],
    );
    return affected === 1;
  }

  /**
   * The next generation, guarded by the one that was read. False when somebody was quicker.
   * @throws DomainError member_exists when a newer invitation to the address is open
   */
  async renew(before: InvitationEntity, after: InvitationEntity): Promise<boolean> {
    try {
      const { affected } = await this.database.execute(
        `UPDATE invitation SET status = 'pending', generation = ?, key_id = ?, token_hash = ?, pending_key = ?, sent_at = ?, expires_at = ?
         WHERE id = ? AND generation = ? AND status IN ('pending', 'expired')`,
        [
          after.generation,
          after.keyId,
          after.tokenHash,
          after.pendingKey,
          after.sentAt,
          after.expiresAt,
          before.id,
          before.generation,
        ],
      );
      return affected === 1;
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('member_exists', {}, error);
      throw error;
    }
  }

  async page(scope: OrganizationScope, filter: InvitationFilter): Promise<Page<InvitationEntity>> {
    return keysetPage<InvitationRow, InvitationEntity>(this.database, {
      list: 'invitations',
      select: COLUMNS,
      from: 'invitation i',
      id: 'i.id',
      sorts: { created_at: 'i.created_at' },
      sort: filter.sort ?? '-created_at',
      where: [
        scope.organizationId === null ? null : where('i.organization_id = ?', scope.organizationId),
        filter.status === undefined ? null : where('i.status = ?', filter.status),
      ],
      limit: filter.limit,
      cursor: filter.cursor,
      map: entityOf,
    });
  }
}
