import type { Permission } from '@tollgate/contracts';
import type { OrganizationScope } from '@tollgate/api/kernel';

export type ExportCell = string | number | null;

export interface ExportColumn<Row> {
  /** As in the first line of the file. */
  readonly title: string;
  readonly cell: (row: Row) => ExportCell;
}

export interface ExportScope extends OrganizationScope {
  readonly applicationId: string | null;
  readonly test: boolean;
}

export interface ExportSource<Row> {
  readonly list: string;
  /** Also needed, beside the permission to export. */
  readonly permission: Permission;
  readonly columns: readonly ExportColumn<Row>[];
  /** One page of the list with the filters of its URL; at most 200 rows. */
  readonly page: (
    filters: Readonly<Record<string, string>>,
    scope: ExportScope,
    cursor: string | null,
  ) => Promise<{
    readonly data: readonly Row[];
    readonly next_cursor: string | null;
    readonly total_estimate: number | null;
  }>;
}

/** Where slices say which of their lists can be written to a file, in `onModuleInit`. */
export abstract class ExportSources {
  abstract register<Row>(source: ExportSource<Row>): void;
}
