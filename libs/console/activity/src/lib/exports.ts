import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listExports } from '@tollgate/contracts';
import type { ResultOf } from '@tollgate/contracts';
import { apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, TableCell } from '@tollgate/console/ui';
import type { Column } from '@tollgate/console/ui';

type Row = ResultOf<typeof listExports>['data'][number];

const NAMES: Readonly<Record<string, string>> = {
  usage: 'Usage log',
  requests: 'Request log',
  verifications: 'Verifications',
};

/** The files that the signed-in person asked for; each lives for a day. */
@Component({
  selector: 'tg-exports-page',
  imports: [DataTable, EmptyState, ListPage, MatButton, TableCell],
  template: `
    <tg-list-page title="Exports" subtitle="Files you asked for. Each is removed a day after it was made">
      <tg-data-table label="Exports" noun="export" [list]="list" [columns]="columns">
        <ng-template tgCell="file" [tgCellOf]="list" let-row>
          @if (row.status === 'done') {
            <a matButton [href]="'/v1/exports/' + row.id + '/file'" download>Download</a>
          }
        </ng-template>
        <tg-empty-state
          tgEmpty
          icon="download"
          title="No exports yet"
          text="Use Export above a log: the file holds every row of its filters, as CSV or XLSX."
        />
      </tg-data-table>
    </tg-list-page>
  `,
})
export class ExportsPage {
  protected readonly list = apiList(listExports, { sort: '-created_at' });
  protected readonly columns: readonly Column<Row>[] = [
    { id: 'list', label: 'List', value: (row) => NAMES[row.list] ?? row.list },
    { id: 'format', label: 'Format', value: (row) => row.format.toUpperCase() },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'rows', label: 'Rows', kind: 'number', value: (row) => row.rows },
    { id: 'created', label: 'Asked for', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
    { id: 'expires', label: 'Removed', kind: 'relative', value: (row) => row.expires_at },
    { id: 'file', label: 'File', kind: 'custom', end: true },
  ];
}
