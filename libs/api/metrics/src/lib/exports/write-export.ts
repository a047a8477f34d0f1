import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Clock } from '@tollgate/api/kernel';
import { stringify } from 'csv-stringify';
import writeXlsxFile from 'write-excel-file/node';
import { spreadsheetSafe } from '../domain/spreadsheet-safe';
import { ExportJobs, type ExportJobRow } from '../persistence/export-jobs';
import type { ExportCell } from './export-sources';
import { RegisteredExports, type ReadySource } from './registered-exports';

/** A worksheet is made in memory; longer lists go to CSV, which is a stream. */
const MOST_XLSX_ROWS = 50_000;
const MOST_CSV_ROWS = 1_000_000;

/** Writes an asked-for file, page by page, under a name that nobody can guess, outside every web root. */
@Injectable()
export class WriteExport {
  constructor(
    private readonly sources: RegisteredExports,
    private readonly jobs: ExportJobs,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Safe to run again: it writes the file anew. */
  async execute(exportId: string): Promise<void> {
    const job = await this.jobs.find(exportId);
    if (job === null || job.status === 'done') return;
    const source = this.sources.get(job.list_name);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      if (job.format === 'csv') await this.writeCsv(job, source);
      else await this.writeXlsx(job, source);
    } catch (error) {
      await this.jobs.finish(job.id, 'failed', null, this.clock.recordedAt());
      throw error;
    }
    await this.jobs.finish(job.id, 'done', (await stat(this.fileOf(job))).size, this.clock.recordedAt());
  }

  open(job: ExportJobRow): Readable {
    return createReadStream(this.fileOf(job));
  }

  /** Removes files and rows whose day is over. */
  async expire(): Promise<void> {
    for (const job of await this.jobs.expired(this.clock.recordedAt())) {
      await rm(this.fileOf(job), { force: true });
      await this.jobs.remove(job.id);
    }
  }

  private get folder(): string {
    return join(this.config.dataDir, 'exports');
  }

  private fileOf(job: ExportJobRow): string {
    return join(this.folder, `${job.id}.${job.format}`);
  }

  private async writeCsv(job: ExportJobRow, source: ReadySource): Promise<void> {
    await pipeline(
      Readable.from(this.rows(job, source, MOST_CSV_ROWS)),
      stringify({ bom: true, record_delimiter: 'windows' }),
      createWriteStream(this.fileOf(job), { mode: 0o600 }),
    );
  }

  private async writeXlsx(job: ExportJobRow, source: ReadySource): Promise<void> {
    const sheet: { value: string | number; fontWeight?: 'bold' }[][] = [];
    for await (const row of this.rows(job, source, MOST_XLSX_ROWS)) {
      sheet.push(
        row.map((cell) => ({ value: cell ?? '', ...(sheet.length === 0 ? { fontWeight: 'bold' as const } : {}) })),
      );
    }
    await writeXlsxFile(sheet, { sheet: source.list, stickyRowsCount: 1 }).toFile(this.fileOf(job));
  }

  private async *rows(job: ExportJobRow, source: ReadySource, most: number): AsyncGenerator<ExportCell[]> {
    yield [...source.titles];
    const filters = JSON.parse(job.filters) as Record<string, string>;
    const scope = { organizationId: job.organization_id, applicationId: job.application_id, test: job.test === 1 };
    let cursor: string | null = null;
    let written = 0;
    do {
      const page: Awaited<ReturnType<ReadySource['page']>> = await source.page(filters, scope, cursor);
      for (const row of page.rows) yield row.map(spreadsheetSafe);
      written += page.rows.length;
      cursor = page.next;
      await this.jobs.progress(job.id, written, page.total);
    } while (cursor !== null && written < most);
  }
}
