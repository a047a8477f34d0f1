import { Component } from '@angular/core';
import { listRefusals, REFUSAL_OUTCOMES } from '@tollgate/contracts';
import type { RefusalView } from '@tollgate/contracts';
import { apiList, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, LogPage, SideSheet } from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';
import { RefusalDetail } from './refusal-detail';

const words = (snake: string | null): string | null => snake && snake.replaceAll('_', ' ');

const FILTERS: readonly Filter[] = [
  {
    id: 'outcome',
    label: 'Outcome',
    kind: 'choice',
    options: REFUSAL_OUTCOMES.map((value) => ({ value, label: words(value) ?? value })),
  },
  { id: 'code', label: 'Code', kind: 'text', placeholder: 'quota_exceeded' },
  { id: 'policy', label: 'Decided by', kind: 'text', placeholder: 'destination_short' },
  { id: 'country', label: 'Country', kind: 'text', placeholder: 'ZA' },
  { id: 'application_id', label: 'Application', kind: 'text', placeholder: 'app_…' },
  { id: 'at', label: 'When', kind: 'dates', from: 'from', to: 'to' },
];

/** Why a start was refused: what was counted, and what is allowed. Found by the request id that the caller was given. */
@Component({
  selector: 'tg-refusals-page',
  imports: [DataTable, EmptyState, LogPage, RefusalDetail, SideSheet],
  template: `
    <tg-log-page
      title="Why refused"
      subtitle="Starts that a limit or the fraud guard stopped, or would have. Nothing of them is billed"
    >
      <tg-data-table
        label="Refusals"
        noun="refusal"
        [list]="list"
        [columns]="columns()"
        [rowId]="requestId"
        [opens]="true"
      >
        <tg-empty-state
          tgEmpty
          icon="gpp_maybe"
          title="Nothing was refused"
          text="Refused starts appear here with their reasons."
        />
      </tg-data-table>
      <tg-side-sheet title="Why was this refused?" [state]="list.state">
        <ng-template let-id><tg-refusal-detail [requestId]="id" /></ng-template>
      </tg-side-sheet>
    </tg-log-page>
  `,
})
export class RefusalsPage {
  protected readonly list = apiList(listRefusals, { sort: '-at', filters: FILTERS });
  protected readonly requestId = (row: RefusalView): string => row.request_id;
  protected readonly columns = withOrganization<RefusalView>([
    { id: 'at', label: 'When', kind: 'time', value: (row) => row.at, sort: 'at' },
    { id: 'outcome', label: 'Outcome', kind: 'status', value: (row) => row.outcome },
    { id: 'code', label: 'Code', kind: 'code', value: (row) => row.code },
    { id: 'policy', label: 'Decided by', value: (row) => words(row.policy) },
    { id: 'destination', label: 'To', kind: 'masked', value: (row) => row.destination },
    { id: 'country', label: 'Country', value: (row) => row.country, wideOnly: true },
    { id: 'ip', label: 'Client address', kind: 'code', value: (row) => row.client_ip, wideOnly: true },
    { id: 'request', label: 'Request id', kind: 'id', value: (row) => row.request_id },
    { id: 'application', label: 'App ID', kind: 'id', value: (row) => row.application_id, hidden: true },
  ] satisfies Column<RefusalView>[]);
}
