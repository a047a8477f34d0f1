import { Controller } from '@nestjs/common';
import { createExport, getExport, listExports, type InputOf } from '@tollgate/contracts';
import { Caller, Input, Page, reply, Serve, ServePage, type PageRequest } from '@tollgate/api/http';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { RequestExport } from '../exports/request-export';
import { WriteExport } from '../exports/write-export';
import { viewOfExport } from '../persistence/export-jobs';

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

@Controller()
export class ExportsController {
  constructor(
    private readonly exports: RequestExport,
    private readonly files: WriteExport,
  ) {}

  @Serve(createExport)
  create(@Input() input: InputOf<typeof createExport>, @Caller() caller: Principal) {
    return this.exports.create(input.body, caller);
  }

  @Serve(listExports)
  list(@Input() input: InputOf<typeof listExports>, @Caller() caller: Principal) {
    return this.exports.list(input.query, caller);
  }

  @Serve(getExport)
  async get(@Input() input: InputOf<typeof getExport>, @Caller() caller: Principal) {
    return viewOfExport(await this.exports.get(input.params.id, caller));
  }

  @ServePage({ method: 'GET', path: '/v1/exports/:id/file', access: 'exports:create' })
  async file(@Page() page: PageRequest, @Caller() caller: Principal) {
    const job = await this.exports.get(page.params['id'] ?? '', caller);
    if (job.status !== 'done') throw new DomainError('export_not_ready');
    return reply(200, this.files.open(job), {
      'content-type': MEDIA_TYPES[job.format],
      'content-disposition': `attachment; filename="${job.list_name}-${job.id}.${job.format}"`,
    });
  }
}
