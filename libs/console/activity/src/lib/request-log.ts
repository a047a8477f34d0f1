import { Component, inject } from '@angular/core';
import { listRequests } from '@tollgate/contracts';
import type { ResultOf } from '@tollgate/contracts';
import { Exports, Permissions, apiList, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, LogPage, SideSheet } from '@tollgate/console/ui';
import type { Column, ExportFormat, Filter } from '@tollgate/console/ui';
import { RequestDetail } from './request-detail';

type Row = ResultOf<typeof listRequests>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      { value: '2xx', label: '2xx: done' },
      { value: '4xx', label: '4xx: refused' },
      { value: '5xx', label: '5xx: failed' },
    ],
  },
  {
    id: 'method',
    label: 'Method',
    kind: 'choice',
    options: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map((value) => ({ value, label: value })),
  },
  { id: 'event', label: 'Event', kind: 'text', placeholder: 'verifications.start' },
  { id: 'ip_address', label: 'IP address', kind: 'text', placeholder: '203.0.113.7' },
  { id: 'request_id', label: 'Request id', kind: 'text', placeholder: 'req_…' },
  { id: 'application_id', label: 'Application', kind: 'text', placeholder: 'app_…' },
  { id: 'at', label: 'When', kind: 'dates', from: 'from', to: 'to' },
];

/** Every call of the API: who, what, from where, and what came of it. Bodies are never kept. */
@Component({
  selector: 'tg-request-log-page',
  imports: [DataTable, EmptyState, LogPage, RequestDetail, SideSheet],
  template: `
    <tg-log-page title="Request log" subtitle="Every call of the API. Bodies, codes and keys are never kept">
      <tg-data-table
        label="Requests"
        noun="request"
        [list]="list"
        [columns]="columns()"
        [opens]="true"
        [exportable]="true"
        [exportRefusal]="permissions.refusal('exports:create')"
        (exported)="export($event)"
      >
        <tg-empty-state
          tgEmpty
          icon="http"
          title="No requests yet"
          text="Calls of your applications and of this console appear here within a second."
        />
      </tg-data-table>
      <tg-side-sheet title="Request" [state]="list.state">
        <ng-template let-id><tg-request-detail [id]="id" /></ng-template>
      </tg-side-sheet>
    </tg-log-page>
  `,
})
export class RequestLogPage {
  protected readonly permissions = inject(Permissions);
  private readonly exports = inject(Exports);

  protected readonly list = apiList(listRequests, {
    sort: '-at',
    filters: FILTERS,
  });
  protected readonly columns = withOrganization<Row>([
    { id: 'at', label: 'Timestamp', kind: 'time', value: (row) => row.at, sort: 'at' },
    { id: 'application', label: 'App ID', kind: 'id', value: (row) => row.application_id, wideOnly: true },
    { id: 'event', label: 'Event', kind: 'code', value: (row) => row.event },
    { id: 'method', label: 'Method', kind: 'code', value: (row) => row.method },
    { id: 'endpoint', label: 'Endpoint', kind: 'code', value: (row) => row.endpoint, wideOnly: true },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => String(row.status) },
    { id: 'error', label: 'Error', kind: 'code', value: (row) => row.error_code, hidden: true },
    { id: 'ip', label: 'IP address', kind: 'code', value: (row) => row.ip_address },
    { id: 'user', label: 'User', value: (row) => row.user },
    { id: 'duration', label: 'Took (ms)', kind: 'number', value: (row) => Math.round(row.duration_ms), hidden: true },
  ] satisfies Column<Row>[]);

  protected export(format: ExportFormat): void {
    void this.exports.start('requests', format, 'Request log', this.list.question());
  }
}
