import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listTeam } from '@tollgate/contracts';
import type { TeamMemberView } from '@tollgate/contracts';
import { Permissions, Requires, Session, apiList } from '@tollgate/console/platform';
import { Banner, DataTable, EmptyState, ListPage, SideSheet } from '@tollgate/console/ui';
import type { Column, RowAction } from '@tollgate/console/ui';
import { InviteMember } from './invite-member';
import { MemberActs } from './member-acts';
import { MemberForm } from './member-form';
import { TeamPlace } from './team-place';

/** Who may do everything here. There is always at least one. */
@Component({
  selector: 'tg-super-admins-page',
  imports: [Banner, DataTable, EmptyState, InviteMember, ListPage, MatButton, MemberForm, Requires, SideSheet],
  providers: [TeamPlace],
  template: `
    <tg-list-page title="Super admins" subtitle="Who may do everything in this installation">
      <button tgAct matButton="filled" type="button" tgRequires="team:manage" (click)="inviting.set('new')">
        Invite super admin
      </button>
      @if (last()) {
        <tg-banner tgAbove tone="warning" icon="warning">
          There is one active super admin. Invite a second: with the only one away nobody can run the installation, and
          the last one cannot be disabled or removed.
        </tg-banner>
      }
      @if (unprotected(); as count) {
        <tg-banner tgAbove tone="warning" icon="shield_lock">
          {{ count === 1 ? 'One super admin signs' : count + ' super admins sign' }} in without a second factor.
        </tg-banner>
      }
      <tg-data-table
        label="Super admins"
        noun="super admin"
        [list]="list"
        [columns]="columns"
        [actions]="actions"
        [opens]="true"
      >
        <tg-empty-state
          tgEmpty
          icon="admin_panel_settings"
          title="No super admins"
          text="The set-up makes the first."
        />
      </tg-data-table>
      <tg-side-sheet title="Super admin" [state]="list.state">
        <ng-template let-id><tg-member-form [id]="id" (saved)="list.reload()" /></ng-template>
      </tg-side-sheet>
      <tg-side-sheet title="Invite super admin" [openId]="inviting()" (closed)="inviting.set(null)">
        <ng-template><tg-invite-member [startWith]="['super_admin']" (done)="inviting.set(null)" /></ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class SuperAdminsPage {
  private readonly place = inject(TeamPlace);
  private readonly acts = inject(MemberActs);
  private readonly permissions = inject(Permissions);
  private readonly session = inject(Session);
  protected readonly inviting = signal<string | null>(null);

  protected readonly list = apiList(listTeam, {
    sort: 'created_at',
    search: true,
    query: () => ({ role: 'super_admin' }),
    organization: () => this.place.organization(),
  });
  private readonly active = computed(() => (this.list.rows() ?? []).filter((row) => row.status === 'active'));
  // Only a whole, unfiltered list tells how many there are.
  protected readonly last = computed(() => !this.list.state.isFiltered() && this.active().length === 1);
  protected readonly unprotected = computed(() => this.active().filter((row) => !row.second_factor).length);
  protected readonly columns: readonly Column<TeamMemberView>[] = [
    { id: 'email', label: 'E-mail', value: (row) => row.email, sort: 'email' },
    { id: 'name', label: 'Name', value: (row) => row.name },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'mfa', label: 'Second factor', kind: 'flag', value: (row) => row.second_factor, yes: 'On', no: 'Off' },
    { id: 'last', label: 'Last sign-in', kind: 'relative', value: (row) => row.last_sign_in_at },
    { id: 'created_at', label: 'Joined', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
  ];
  protected readonly actions: readonly RowAction<TeamMemberView>[] = [
    {
      label: 'Disable',
      icon: 'person_off',
      when: (row) => row.status === 'active',
      refuses: (row) => this.refusal(row),
      run: (row) => void this.acts.disable(row, this.place.organization()).then(() => this.list.reload()),
    },
    {
      label: 'Enable',
      icon: 'person',
      when: (row) => row.status === 'disabled',
      refuses: () => this.permissions.refusal('team:manage'),
      run: (row) => void this.acts.enable(row, this.place.organization()).then(() => this.list.reload()),
    },
    {
      label: 'Remove',
      icon: 'delete',
      danger: true,
      refuses: (row) => this.refusal(row),
      run: (row) => void this.acts.remove(row, this.place.organization()).then(() => this.list.reload()),
    },
  ];

  private refusal(row: TeamMemberView): string | null {
    const refused = this.permissions.refusal('team:manage');
    if (refused !== null) return refused;
    if (this.last() && row.status === 'active') return 'The last active super admin stays: invite another first';
    return row.id === this.session.user()?.id ? 'Nobody disables or removes themselves' : null;
  }
}
