import { Injectable } from '@nestjs/common';
import type { InputOf, listKeys, Page } from '@tollgate/contracts';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { In, IsNull } from 'typeorm';
import { ApiKeyRow } from './api-key.entity';
import { contains, isAscii } from './searched-text';

export type KeyQuery = InputOf<typeof listKeys>['query'];
export type NamedApiKey = ApiKeyRow & { readonly applicationName: string };

const SORTS = { created_at: 'k.created_at', name: 'k.name' };
const ACTIVE = 'k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)';

function searchCondition(q: string): Condition {
  const byName = `LOWER(k.name) LIKE ? ESCAPE '!'`;
  // `tg_live_…x7Qa` is what the lists show; whoever pastes it means the last four characters.
  const lastFour = q.includes('…') ? q.slice(-4) : q;
  if (!isAscii(lastFour)) return where(byName, contains(q));
  return where(`k.id = ? OR k.last_four = ? OR ${byName}`, lastFour, lastFour, contains(q));
}

@Injectable()
export class ApiKeys {
  constructor(private readonly database: Database) {}

  async insert(row: ApiKeyRow): Promise<void> {
    await this.database.manager.insert(ApiKeyRow, row);
  }

  /** For signing in: the hash is the credential, so there is no scope yet. */
  byTokenHash(tokenHash: string): Promise<ApiKeyRow | null> {
    return this.database.manager.findOneBy(ApiKeyRow, { tokenHash });
  }

  async find(scope: OrganizationScope, id: string): Promise<NamedApiKey | null> {
    const own = scope.organizationId === null ? {} : { organizationId: scope.organizationId };
    const row = await this.database.manager.findOneBy(ApiKeyRow, { id, ...own });
    return row === null ? null : ((await this.named([row]))[0] ?? null);
  }

  async page(
    scope: OrganizationScope,
    applicationId: string | null,
    query: KeyQuery,
    now: number,
  ): Promise<Page<NamedApiKey>> {
    const { q, kind, status } = query;
    const found = await keysetPage<{ id: string }, string>(this.database, {
      list: `keys ${applicationId ?? ''}`,
      select: 'k.id',
      from: 'api_key k',
      id: 'k.id',
      sorts: SORTS,
      sort: query.sort ?? '-created_at',
      limit: query.limit,
      cursor: query.cursor,
      where: [
        scope.organizationId === null ? null : where('k.organization_id = ?', scope.organizationId),
        applicationId === null ? null : where('k.application_id = ?', applicationId),
        kind === undefined ? null : where('k.kind = ?', kind),
        status === undefined ? null : statusCondition(status, now),
        q === undefined ? null : searchCondition(q),
      ],
      map: (row) => row.id,
    });
    const rows = await this.database.manager.findBy(ApiKeyRow, { id: In(found.data) });
    const byId = new Map((await this.named(rows)).map((row) => [row.id, row]));
    return { ...found, data: found.data.flatMap((id) => byId.get(id) ?? []) };
  }

  async countActive(applicationId: string, now: number): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      `SELECT COUNT(*) AS n FROM api_key k WHERE k.application_id = ? AND ${ACTIVE}`,
      [applicationId, now],
    );
    return Number(row?.n ?? 0);
  }

  /** False when it was revoked or replaced before. */
  async revoke(id: string, at: number): Promise<boolean> {
    const result = await this.database.manager.update(ApiKeyRow, { id, revokedAt: IsNull() }, { revokedAt: at });
    return result.affected === 1;
  }

  /** Single use: of several rotations at once one replaces the key. False for the others, and for a revoked key. */
  async retire(id: string, expiresAt: number, replacedBy: string): Promise<boolean> {
    const result = await this.database.manager.update(
      ApiKeyRow,
      { id, revokedAt: IsNull(), replacedBy: IsNull() },
      { expiresAt, replacedBy },
    );
    return result.affected === 1;
  }

  async recordUse(id: string, at: number, address: string): Promise<void> {
    await this.database.execute(
      'UPDATE api_key SET last_used_at = ?, last_used_address = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)',
      [at, address, id, at],
    );
  }

  /** How many active keys of each kind applications have, and when one was last used. */
  async summaries(applicationIds: readonly string[], now: number): Promise<KeySummary[]> {
    if (applicationIds.length === 0) return [];
    const rows = await this.database.query<KeySummary>(
      `SELECT k.application_id AS applicationId, k.kind AS kind, MAX(k.last_used_at) AS lastUsedAt,
          SUM(CASE WHEN ${ACTIVE} THEN 1 ELSE 0 END) AS active
        FROM api_key k WHERE k.application_id IN (${applicationIds.map(() => '?').join(', ')})
        GROUP BY k.application_id, k.kind`,
      [now, ...applicationIds],
    );
    return rows.map((row) => ({ ...row, active: Number(row.active) }));
  }

  private async named(rows: readonly ApiKeyRow[]): Promise<NamedApiKey[]> {
    const ids = [...new Set(rows.map((row) => row.applicationId))];
    if (ids.length === 0) return [];
    const found = await this.database.query<{ id: string; name: string }>(
      `SELECT id, name FROM application WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    const names = new Map(found.map((application) => [application.id, application.name]));
    return rows.map((row) => Object.assign(row, { applicationName: names.get(row.applicationId) ?? '' }));
  }
}

export interface KeySummary {
  readonly applicationId: string;
  readonly kind: 'live' | 'test';
  readonly active: number;
  readonly lastUsedAt: number | null;
}

function statusCondition(status: NonNullable<KeyQuery['status']>, now: number): Condition {
  switch (status) {
    case 'active':
      return where(`${ACTIVE} AND k.replaced_by IS NULL`, now);
    case 'retiring':
      return where(`${ACTIVE} AND k.replaced_by IS NOT NULL`, now);
    case 'expired':
      return where('k.revoked_at IS NULL AND k.expires_at <= ?', now);
    case 'revoked':
      return where('k.revoked_at IS NOT NULL');
  }
}
