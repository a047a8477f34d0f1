import { Inject, Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import type { InputOf, listSuppressions, Page, SuppressionView } from '@tollgate/contracts';
import { SuppressionEntity } from './limits.entities';

interface SuppressionRow {
  id: string;
  organization_id: string;
  channel: 'sms' | 'email';
  destination_masked: string | null;
  reason: SuppressionView['reason'];
  note: string | null;
  ends_at: number | null;
  created_at: number;
  created_by: string;
}

const SELECT = `s.id AS id, s.organization_id AS organization_id, s.channel AS channel,
  s.destination_masked AS destination_masked, s.reason AS reason, s.note AS note, s.ends_at AS ends_at,
  s.created_at AS created_at, s.created_by AS created_by`;

const viewOf = (row: SuppressionRow): SuppressionView => ({
  id: row.id,
  organization_id: row.organization_id,
  channel: row.channel,
  destination: row.destination_masked,
  reason: row.reason,
  note: row.note,
  until: row.ends_at === null ? null : new Date(Number(row.ends_at)).toISOString(),
  created_at: new Date(Number(row.created_at)).toISOString(),
  created_by: row.created_by,
});

/** Destinations that an organization does not write to. */
@Injectable()
export class Suppressions {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Adds, or takes the place of a weaker one: what a person asked for stands until it is removed, what a provider
   * reported may be reported anew.
   */
  async put(entry: SuppressionEntity): Promise<void> {
    try {
      await this.database.manager.insert(SuppressionEntity, entry);
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      const weaker = entry.reason === 'permanent_failure' ? " AND reason = 'permanent_failure'" : '';
      await this.database.execute(
        `UPDATE suppression SET reason = ?, note = ?, ends_at = ?, created_at = ?, created_by = ?,
            destination_masked = COALESCE(?, destination_masked)
          WHERE organization_id = ? AND destination_hash = ? AND channel = ?${weaker}`,
        [
          entry.reason,
          entry.note,
          entry.endsAt,
          entry.createdAt,
          entry.createdBy,
          entry.destinationMasked,
          entry.organizationId,
          entry.destinationHash,
          entry.channel,
        ],
      );
    }
  }

  async find(scope: OrganizationScope, key: { readonly id: string } | SuppressionKey): Promise<SuppressionView | null> {
    const [sql, values] =
      'id' in key
        ? ['s.id = ?', [key.id]]
        : ['s.destination_hash = ? AND s.channel = ?', [key.destinationHash, key.channel]];
    const [row] = await this.database.query<SuppressionRow>(
      `SELECT ${SELECT} FROM suppression s WHERE ${sql} AND (? IS NULL OR s.organization_id = ?)`,
      [...values, scope.organizationId, scope.organizationId],
    );
    return row === undefined ? null : viewOf(row);
  }

  async remove(scope: OrganizationScope, id: string): Promise<boolean> {
    const { affected } = await this.database.execute(
      'DELETE FROM suppression WHERE id = ? AND (? IS NULL OR organization_id = ?)',
      [id, scope.organizationId, scope.organizationId],
    );
    return affected === 1;
  }

  page(
    scope: OrganizationScope,
    query: InputOf<typeof listSuppressions>['query'],
    destinationHash: string | null,
    atMs: number,
  ): Promise<Page<SuppressionView>> {
    return keysetPage<SuppressionRow, SuppressionView>(this.database, {
      list: 'suppressions',
      select: SELECT,
      // Not among the conditions: they bind the cursor, and time goes on between two pages.
      from: `suppression s JOIN (SELECT ${Math.trunc(atMs)} AS at) clock`,
      id: 's.id',
      sorts: { created_at: 's.created_at' },
      sort: query.sort ?? '-created_at',
      where: [
        scope.organizationId === null ? null : where('s.organization_id = ?', scope.organizationId),
        where('s.ends_at IS NULL OR s.ends_at > clock.at'),
        query.channel === undefined ? null : where('s.channel = ?', query.channel),
        query.reason === undefined ? null : where('s.reason = ?', query.reason),
        destinationHash === null ? null : where('s.destination_hash = ?', destinationHash),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: viewOf,
    });
  }

  async purge(beforeMs: number): Promise<void> {
    await this.database.execute('DELETE FROM suppression WHERE ends_at IS NOT NULL AND ends_at < ?', [beforeMs]);
  }
}

export interface SuppressionKey {
  readonly channel: 'sms' | 'email';
  readonly destinationHash: string;
}
