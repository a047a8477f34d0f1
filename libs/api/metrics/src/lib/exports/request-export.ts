import { Injectable } from '@nestjs/common';
import type { createExport, exportView, InputOf, listExports, ResultOf } from '@tollgate/contracts';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { JobQueue } from '@tollgate/api/jobs';
import { Clock, DomainError, newId, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { z } from 'zod';
import { ExportJobs, viewOfExport, type ExportJobRow } from '../persistence/export-jobs';
import { RegisteredExports } from './registered-exports';

const LIFE_MS = 24 * 3_600_000;
const ownerOf = (caller: Principal): string => caller.userId ?? caller.id;

/** Asks for a file of a list; a job writes it. What the list shows to the caller is what the file holds. */
@Injectable()
export class RequestExport {
  constructor(
    private readonly sources: RegisteredExports,
    private readonly jobs: ExportJobs,
    private readonly queue: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async create(body: InputOf<typeof createExport>['body'], caller: Principal): Promise<z.infer<typeof exportView>> {
    const source = this.sources.get(body.list);
    if (!caller.permissions.has(source.permission)) throw new DomainError('permission_denied');
    const { test, application_id, ...filters } = body.filters ?? {};
    const now = this.clock.recordedAt();
    const row: ExportJobRow = {
      id: newId('exp'),
      organization_id: scopeOf(caller).organizationId,
      created_by: ownerOf(caller),
      list_name: body.list,
      format: body.format,
      filters: JSON.stringify(filters),
      test: (caller.test ?? test === 'true') ? 1 : 0,
      application_id: caller.applicationId ?? application_id ?? null,
      status: 'queued',
      row_count: 0,
      total_rows: null,
      size_bytes: null,
      created_at: now,
      finished_at: null,
      expires_at: now + LIFE_MS,
    };
    await this.unitOfWork.run(async () => {
      await this.jobs.insert(row);
      await this.queue.enqueue({ type: 'metrics.export', payload: { exportId: row.id } });
      await this.audit.record({
        action: 'export.created',
        organizationId: caller.actingOrganizationId ?? caller.organizationId,
        target: { type: 'export', id: row.id, label: `${body.list}.${body.format}` },
      });
    });
    return viewOfExport(row);
  }

  list(query: InputOf<typeof listExports>['query'], caller: Principal): Promise<ResultOf<typeof listExports>> {
    return this.jobs.page(ownerOf(caller), query.limit, query.cursor);
  }

  async get(id: string, caller: Principal): Promise<ExportJobRow> {
    const row = await this.jobs.find(id);
    if (row === null || row.created_by !== ownerOf(caller)) throw new DomainError('not_found');
    return row;
  }
}
