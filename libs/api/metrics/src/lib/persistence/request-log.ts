import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';

export interface RequestLogRow {
  readonly id: string;
  readonly organization_id: string | null;
  readonly application_id: string | null;
  readonly test: number;
  readonly happened_at: number;
  readonly request_id: string;
  readonly event: string;
  readonly method: string;
  readonly endpoint: string;
  readonly status: number;
  readonly status_class: string;
  readonly error_code: string | null;
  readonly effective_address: string;
  readonly forwarded_for: string | null;
  readonly remote_address: string;
  readonly user_agent: string | null;
  readonly principal_id: string | null;
  readonly principal_label: string | null;
  readonly duration_us: number;
  readonly replayed: number;
}

const COLUMNS = [
  'id',
  'organization_id',
  'application_id',
  'test',
  'happened_at',
  'request_id',
  'event',
  'method',
  'endpoint',
  'status',
  'status_class',
  'error_code',
  'effective_address',
  'forwarded_for',
  'remote_address',
  'user_agent',
  'principal_id',
  'principal_label',
  'duration_us',
  'replayed',
] as const satisfies readonly (keyof RequestLogRow)[];

/** Insert-only; old rows are purged by age. */
@Injectable()
export class RequestLog {
  constructor(private readonly database: Database) {}

  async insert(rows: readonly RequestLogRow[]): Promise<void> {
    if (rows.length === 0) return;
    const one = `(${COLUMNS.map(() => '?').join(', ')})`;
    const values: SqlValue[] = rows.flatMap((row) => COLUMNS.map((column) => row[column]));
    await this.database.execute(
      `INSERT INTO request_log (${COLUMNS.join(', ')}) VALUES ${rows.map(() => one).join(', ')}`,
      values,
    );
  }

  async find(id: string, organizationId: string | null): Promise<RequestLogRow | null> {
    const [row] = await this.database.query<RequestLogRow>(
      `SELECT * FROM request_log WHERE id = ?${organizationId === null ? '' : ' AND organization_id = ?'}`,
      organizationId === null ? [id] : [id, organizationId],
    );
    return row ?? null;
  }

  async byRequestId(requestId: string, organizationId: string | null, limit: number): Promise<RequestLogRow[]> {
    return this.database.query<RequestLogRow>(
      `SELECT * FROM request_log WHERE request_id = ?${organizationId === null ? '' : ' AND organization_id = ?'} LIMIT ${limit}`,
      organizationId === null ? [requestId] : [requestId, organizationId],
    );
  }

  async purge(beforeMs: number, limit: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM request_log WHERE happened_at < ? ORDER BY happened_at LIMIT ${limit}`,
      [beforeMs],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    return (await this.database.execute(`DELETE FROM request_log WHERE id IN (${ids.map(() => '?').join(', ')})`, ids))
      .affected;
  }
}
