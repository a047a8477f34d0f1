import { Component, inject } from '@angular/core';
import { listApplications } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';
import { apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState } from '@tollgate/console/ui';
import type { Column } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';

/** The applications of the organization, each a link to where it is changed. */
@Component({
  selector: 'tg-organization-applications',
  imports: [DataTable, EmptyState],
  template: `
    <tg-data-table label="Applications" noun="application" [list]="list" [columns]="columns" [rowLink]="linkOf">
      <tg-empty-state
        tgEmpty
        icon="apps"
        title="No applications yet"
        text="Its developers register what calls the API; each application has its own keys."
      />
    </tg-data-table>
  `,
})
export class OrganizationApplications {
  private readonly view = inject(OrganizationInView);
  protected readonly list = apiList(listApplications, {
    sort: '-created_at',
    search: true,
    organization: () => this.view.id(),
  });
  protected readonly linkOf = (row: ApplicationView) => ['/platform/applications', row.id];
  protected readonly columns: readonly Column<ApplicationView>[] = [
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'site_key', label: 'Site key', kind: 'code', value: (row) => row.site_key, wideOnly: true },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'live', label: 'Live keys', kind: 'number', value: (row) => row.active_keys.live },
    { id: 'test', label: 'Test keys', kind: 'number', value: (row) => row.active_keys.test },
    { id: 'used', label: 'Last used', kind: 'relative', value: (row) => row.last_used_at },
  ];
}
