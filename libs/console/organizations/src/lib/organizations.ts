import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ORGANIZATION_STATUSES, listOrganizations } from '@tollgate/contracts';
import type { OrganizationView } from '@tollgate/contracts';
import { Permissions, Requires, apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, statusLook } from '@tollgate/console/ui';
import type { Column, Filter, RowAction } from '@tollgate/console/ui';
import { SuspendOrganization } from './suspend-organization';

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: ORGANIZATION_STATUSES.map((value) => ({ value, label: statusLook(value).label })),
  },
  { id: 'country', label: 'Country', kind: 'text', placeholder: 'ZA' },
];

/** Every organization of the installation. */
@Component({
  selector: 'tg-organizations-page',
  imports: [DataTable, EmptyState, ListPage, MatButton, Requires, RouterLink],
  template: `
    <tg-list-page title="Organizations" subtitle="Who verifies with this installation, each with its own credits">
      <a tgAct matButton="filled" routerLink="new" tgRequires="organizations:create">Create organization</a>
      <tg-data-table
        label="Organizations"
        noun="organization"
        [list]="list"
        [columns]="columns"
        [rowLink]="linkOf"
        [actions]="actions"
      >
        <tg-empty-state
          tgEmpty
          icon="domain"
          title="No organizations yet"
          text="An organization holds the people, applications and credits of one customer. Create the first."
        />
      </tg-data-table>
    </tg-list-page>
  `,
})
export class OrganizationsPage {
  private readonly permissions = inject(Permissions);
  private readonly suspension = inject(SuspendOrganization);

  protected readonly list = apiList(listOrganizations, { sort: '-created_at', search: true, filters: FILTERS });
  protected readonly columns: readonly Column<OrganizationView>[] = [
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'slug', label: 'Slug', kind: 'code', value: (row) => row.slug, sort: 'slug' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'country', label: 'Country', value: (row) => row.country, wideOnly: true },
    { id: 'time_zone', label: 'Time zone', value: (row) => row.settings.time_zone, wideOnly: true },
    // The organization of the staff came with the installation, at no time that would mean anything.
    {
      id: 'created_at',
      label: 'Created',
      kind: 'relative',
      value: (row) => (row.built_in ? null : row.created_at),
      sort: 'created_at',
    },
    {
      id: 'threshold',
      label: 'Low-balance threshold',
      kind: 'credits',
      value: (row) => row.settings.low_balance_threshold,
      hidden: true,
    },
    {
      id: 'built_in',
      label: 'Kind',
      kind: 'flag',
      value: (row) => row.built_in,
      yes: 'Staff',
      no: 'Customer',
      hidden: true,
    },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
  ];
  protected readonly linkOf = (row: OrganizationView) => [row.id];
  protected readonly actions: readonly RowAction<OrganizationView>[] = [
    {
      label: 'Suspend',
      icon: 'pause',
      danger: true,
      when: (row) => row.status === 'active',
      refuses: (row) => this.refusal(row),
      run: (row) => void this.change(this.suspension.suspend(row)),
    },
    {
      label: 'Reactivate',
      icon: 'play_arrow',
      when: (row) => row.status === 'suspended',
      refuses: (row) => this.refusal(row),
      run: (row) => void this.change(this.suspension.reactivate(row)),
    },
  ];

  private refusal(row: OrganizationView): string | null {
    return row.built_in
      ? 'The organization of the staff cannot be suspended'
      : this.permissions.refusal('organizations:suspend');
  }

  private async change(act: Promise<OrganizationView | null>): Promise<void> {
    if (await act) this.list.reload();
  }
}
