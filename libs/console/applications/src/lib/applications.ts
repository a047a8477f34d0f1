import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listApplications, updateApplication } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';
import { Api, Permissions, Requires, apiList, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, Toasts } from '@tollgate/console/ui';
import type { Column, Filter, RowAction } from '@tollgate/console/ui';
import { ADDRESS_MODE_OPTIONS, APPLICATION_STATUS_OPTIONS } from './words';

const FILTERS: readonly Filter[] = [
  { id: 'status', label: 'Status', kind: 'choice', options: APPLICATION_STATUS_OPTIONS },
  {
    id: 'address_mode',
    label: 'Addresses',
    kind: 'choice',
    options: ADDRESS_MODE_OPTIONS.map(({ value, label }) => ({ value, label })),
  },
];

/** What calls the API with its own keys, in one organization or over all. */
@Component({
  selector: 'tg-applications-page',
  imports: [DataTable, EmptyState, ListPage, MatButton, Requires, RouterLink],
  template: `
    <tg-list-page title="Applications" subtitle="What calls the API, each with its own keys and rules">
      <a tgAct matButton="filled" routerLink="new" tgRequires="applications:write">Register application</a>
      <tg-data-table
        label="Applications"
        noun="application"
        [list]="list"
        [columns]="columns()"
        [rowLink]="linkOf"
        [actions]="actions"
      >
        <tg-empty-state
          tgEmpty
          icon="apps"
          title="No applications yet"
          text="An application is a website, an app or a server that verifies its users. Register one to get its first key."
        >
          <a matButton="filled" routerLink="new" tgRequires="applications:write">Register application</a>
        </tg-empty-state>
      </tg-data-table>
    </tg-list-page>
  `,
})
export class ApplicationsPage {
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);

  protected readonly list = apiList(listApplications, { sort: '-created_at', search: true, filters: FILTERS });
  protected readonly columns = withOrganization<ApplicationView>([
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'keys', label: 'Keys', value: (row) => `${row.active_keys.live} live, ${row.active_keys.test} test` },
    { id: 'addresses', label: 'Addresses', value: addressesOf },
    { id: 'used', label: 'Last used', kind: 'relative', value: (row) => row.last_used_at },
    { id: 'base_url', label: 'Base URL', value: (row) => row.base_url, wideOnly: true },
    { id: 'created_at', label: 'Created', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
    { id: 'site_key', label: 'Site key', kind: 'code', value: (row) => row.site_key, hidden: true },
    { id: 'id', label: 'App ID', kind: 'id', value: (row) => row.id, hidden: true },
  ] satisfies Column<ApplicationView>[]);
  protected readonly linkOf = (row: ApplicationView) => [row.id];
  protected readonly actions: readonly RowAction<ApplicationView>[] = [
    {
      label: 'Disable',
      icon: 'block',
      when: (row) => row.status === 'active',
      refuses: () => this.permissions.refusal('applications:write'),
      run: (row) => void this.turn(row, 'disabled'),
    },
    {
      label: 'Enable',
      icon: 'check_circle',
      when: (row) => row.status === 'disabled',
      refuses: () => this.permissions.refusal('applications:write'),
      run: (row) => void this.turn(row, 'active'),
    },
  ];

  private async turn(row: ApplicationView, status: ApplicationView['status']): Promise<void> {
    let { version } = row;
    const set = async (to: ApplicationView['status']) => {
      ({ version } = await this.api.call(updateApplication, { params: { id: row.id }, body: { version, status: to } }));
    };
    await this.toasts.undoable({
      text: `${row.name} is ${status === 'active' ? 'enabled' : 'disabled'}`,
      run: () => set(status),
      undo: () => set(row.status),
      settled: () => this.list.reload(),
    });
  }
}

function addressesOf(row: ApplicationView): string {
  if (row.address_mode === 'any') return 'Any';
  const count = row.allowed_addresses.length;
  return count === 0 ? 'None' : `${count} listed`;
}
