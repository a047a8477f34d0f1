import { Component, inject } from '@angular/core';
import { AUDIT_OUTCOMES, listAuditEvents } from '@tollgate/contracts';
import type { AuditEventView } from '@tollgate/contracts';
import { apiList } from '@tollgate/console/platform';
import { DataTable, DiffView, EmptyState, SideSheet, statusLook } from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';

const FILTERS: readonly Filter[] = [
  { id: 'action', label: 'Action', kind: 'text', placeholder: 'api_key.revoked' },
  {
    id: 'outcome',
    label: 'Outcome',
    kind: 'choice',
    options: AUDIT_OUTCOMES.map((value) => ({ value, label: statusLook(value).label })),
  },
  { id: 'at', label: 'Date', kind: 'dates', from: 'from', to: 'to' },
];

/** What people and keys of the organization did, and what staff did to it. */
@Component({
  selector: 'tg-organization-activity',
  imports: [DataTable, DiffView, EmptyState, SideSheet],
  template: `
    <tg-data-table label="Events" noun="event" [list]="list" [columns]="columns" [opens]="true">
      <tg-empty-state tgEmpty icon="history" title="Nothing happened yet" text="Changes and sign-ins appear here." />
    </tg-data-table>
    <tg-side-sheet title="What changed" [state]="list.state">
      <ng-template let-id>
        @if (eventOf(id); as event) {
          <div class="tg-stack">
            <p>
              <code>{{ event.action }}</code> by {{ event.actor.label }}
            </p>
            @if (event.reason) {
              <p>{{ event.reason }}</p>
            }
            <tg-diff [changes]="event.changes" />
          </div>
        }
      </ng-template>
    </tg-side-sheet>
  `,
})
export class OrganizationActivity {
  private readonly view = inject(OrganizationInView);
  protected readonly list = apiList(listAuditEvents, {
    sort: '-at',
    search: true,
    filters: FILTERS,
    organization: () => this.view.id(),
  });
  protected readonly columns: readonly Column<AuditEventView>[] = [
    { id: 'at', label: 'Date', kind: 'time', value: (row) => row.at, sort: 'at' },
    { id: 'actor', label: 'Actor', value: (row) => row.actor.label },
    { id: 'action', label: 'Action', kind: 'code', value: (row) => row.action },
    { id: 'outcome', label: 'Outcome', kind: 'status', value: (row) => row.outcome },
    { id: 'target', label: 'Target', value: (row) => row.target.label ?? row.target.type },
  ];

  protected eventOf(id: string): AuditEventView | undefined {
    return this.list.rows()?.find((row) => row.id === id);
  }
}
