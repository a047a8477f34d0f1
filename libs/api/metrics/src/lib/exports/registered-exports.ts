import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import type { ExportCell, ExportScope, ExportSource, ExportSources } from './export-sources';

/** A source whose rows are already cells. */
export interface ReadySource {
  readonly list: string;
  readonly permission: ExportSource<unknown>['permission'];
  readonly titles: readonly string[];
  readonly page: (
    filters: Readonly<Record<string, string>>,
    scope: ExportScope,
    cursor: string | null,
  ) => Promise<{
    readonly rows: readonly (readonly ExportCell[])[];
    readonly next: string | null;
    readonly total: number | null;
  }>;
}

@Injectable()
export class RegisteredExports implements ExportSources {
  private readonly sources = new Map<string, ReadySource>();

  register<Row>(source: ExportSource<Row>): void {
    this.sources.set(source.list, {
      list: source.list,
      permission: source.permission,
      titles: source.columns.map((column) => column.title),
      page: async (filters, scope, cursor) => {
        const page = await source.page(filters, scope, cursor);
        return {
          rows: page.data.map((row) => source.columns.map((column) => column.cell(row))),
          next: page.next_cursor,
          total: page.total_estimate,
        };
      },
    });
  }

  get(list: string): ReadySource {
    const source = this.sources.get(list);
    if (source === undefined) throw new DomainError('validation_failed', { param: 'list' });
    return source;
  }
}
