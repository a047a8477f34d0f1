import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listTeam } from '@tollgate/contracts';
import type { TeamMemberView } from '@tollgate/contracts';
import { apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState } from '@tollgate/console/ui';
import type { Column } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';

/** Who works in the organization; changing them is done on its own team page. */
@Component({
  selector: 'tg-organization-people',
  imports: [DataTable, EmptyState, MatButton, RouterLink],
  template: `
    <tg-data-table label="People" noun="person" [list]="list" [columns]="columns">
      <a tgTool matButton="outlined" [routerLink]="view.root() + '/team'">Manage team</a>
      <tg-empty-state
        tgEmpty
        icon="group"
        title="Nobody yet"
        text="Invite its owner: they invite their colleagues, register applications and make keys."
      >
        <a matButton="filled" [routerLink]="view.root() + '/team'">Invite the owner</a>
      </tg-empty-state>
    </tg-data-table>
  `,
})
export class OrganizationPeople {
  protected readonly view = inject(OrganizationInView);
  protected readonly list = apiList(listTeam, {
    sort: '-created_at',
    search: true,
    organization: () => this.view.id(),
  });
  protected readonly columns: readonly Column<TeamMemberView>[] = [
    { id: 'email', label: 'E-mail', value: (row) => row.email, sort: 'email' },
    { id: 'name', label: 'Name', value: (row) => row.name },
    { id: 'roles', label: 'Roles', kind: 'tags', value: (row) => row.roles },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'mfa', label: 'Second factor', kind: 'flag', value: (row) => row.second_factor, yes: 'On', no: 'Off' },
    { id: 'last', label: 'Last sign-in', kind: 'relative', value: (row) => row.last_sign_in_at },
  ];
}
