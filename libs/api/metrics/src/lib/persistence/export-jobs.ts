import { Injectable } from '@nestjs/common';
import type { exportView, ResultOf, listExports } from '@tollgate/contracts';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { z } from 'zod';

export interface ExportJobRow {
  readonly id: string;
  readonly organization_id: string | null;
  readonly created_by: string;
  readonly list_name: string;
  readonly format: 'csv' | 'xlsx';
  readonly filters: string;
  readonly test: number;
  readonly application_id: string | null;
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly row_count: number;
  readonly total_rows: number | null;
  readonly size_bytes: number | null;
  readonly created_at: number;
  readonly finished_at: number | null;
  readonly expires_at: number;
}

export function viewOfExport(row: ExportJobRow): z.infer<typeof exportView> {
  return {
    id: row.id,
    list: row.list_name,
    format: row.format,
    status: row.status,
    rows: row.row_count,
    total: row.total_rows,
    size_bytes: row.size_bytes,
    created_at: new Date(row.created_at).toISOString(),
    finished_at: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    expires_at: new Date(row.expires_at).toISOString(),
  };
}

/** Exports belong to whoever made them, and to nobody else. */
@Injectable()
export class ExportJobs {
  constructor(private readonly database: Database) {}

  async insert(row: ExportJobRow): Promise<void> {
    const columns = Object.keys(row) as (keyof ExportJobRow)[];
    await this.database.execute(
      `INSERT INTO export_job (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      columns.map((column) => row[column]),
    );
  }

  async find(id: string): Promise<ExportJobRow | null> {
    const [row] = await this.database.query<ExportJobRow>('SELECT * FROM export_job WHERE id = ?', [id]);
    return row ?? null;
  }

  page(createdBy: string, limit?: number, cursor?: string): Promise<ResultOf<typeof listExports>> {
    return keysetPage<ExportJobRow, z.infer<typeof exportView>>(this.database, {
      list: 'exports',
      select: 'export_job.*',
      from: 'export_job',
      id: 'id',
      sorts: { created_at: 'created_at' },
      sort: '-created_at',
      where: [where('created_by = ?', createdBy)],
      limit,
      cursor,
      map: viewOfExport,
    });
  }

  async progress(id: string, rows: number, total: number | null): Promise<void> {
    await this.database.execute(
      "UPDATE export_job SET status = 'running', row_count = ?, total_rows = ? WHERE id = ?",
      [rows, total, id],
    );
  }

  async finish(id: string, status: 'done' | 'failed', sizeBytes: number | null, atMs: number): Promise<void> {
    await this.database.execute('UPDATE export_job SET status = ?, size_bytes = ?, finished_at = ? WHERE id = ?', [
      status,
      sizeBytes,
      atMs,
      id,
    ]);
  }

  async expired(atMs: number): Promise<ExportJobRow[]> {
    return this.database.query<ExportJobRow>('SELECT * FROM export_job WHERE expires_at < ? LIMIT 500', [atMs]);
  }

  async remove(id: string): Promise<void> {
    await this.database.execute('DELETE FROM export_job WHERE id = ?', [id]);
  }
}
