import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listTeam } from '@tollgate/contracts';
import type { TeamMemberView } from '@tollgate/contracts';
import { Permissions, Requires, Session, apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, SideSheet } from '@tollgate/console/ui';
import type { Column, Filter, RowAction } from '@tollgate/console/ui';
import { InviteMember } from './invite-member';
import { MemberActs } from './member-acts';
import { MemberForm } from './member-form';
import { TeamPlace } from './team-place';

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      { value: 'active', label: 'Active' },
      { value: 'pending', label: 'Pending' },
      { value: 'disabled', label: 'Disabled' },
    ],
  },
  { id: 'role', label: 'Role', kind: 'text', placeholder: 'developer' },
];

/** Who works here, what they may do, and whether their sign-in is protected. */
@Component({
  selector: 'tg-team-page',
  imports: [DataTable, EmptyState, InviteMember, ListPage, MatButton, MemberForm, Requires, RouterLink, SideSheet],
  providers: [TeamPlace],
  template: `
    <tg-list-page
      [title]="place.staff() ? 'Staff' : 'Team'"
      [subtitle]="place.staff() ? 'Who runs this installation' : 'Who works here, and what they may do'"
    >
      <a tgAct matButton="outlined" routerLink="invitations">Invitations</a>
      <a tgAct matButton="outlined" [routerLink]="place.staff() ? 'roles' : '../roles'">Roles</a>
      <button tgAct matButton="filled" type="button" tgRequires="team:manage" (click)="inviting.set('new')">
        Invite member
      </button>
      <tg-data-table
        label="Team members"
        noun="member"
        [list]="list"
        [columns]="columns()"
        [actions]="actions"
        [opens]="true"
      >
        <tg-empty-state
          tgEmpty
          icon="group"
          title="Nobody yet"
          text="Invite the first person: they get a mail with a link that works for 72 hours."
        />
      </tg-data-table>
      <tg-side-sheet title="Member" [state]="list.state">
        <ng-template let-id><tg-member-form [id]="id" (saved)="list.reload()" /></ng-template>
      </tg-side-sheet>
      <tg-side-sheet title="Invite member" [openId]="inviting()" (closed)="inviting.set(null)">
        <ng-template><tg-invite-member (done)="inviting.set(null)" /></ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class TeamPage {
  protected readonly place = inject(TeamPlace);
  private readonly acts = inject(MemberActs);
  private readonly permissions = inject(Permissions);
  private readonly session = inject(Session);
  protected readonly inviting = signal<string | null>(null);

  protected readonly list = apiList(listTeam, {
    sort: 'created_at',
    search: true,
    filters: FILTERS,
    organization: () => this.place.organization(),
  });
  protected readonly columns = computed<readonly Column<TeamMemberView>[]>(() => [
    { id: 'email', label: 'E-mail', value: (row) => row.email, sort: 'email' },
    { id: 'name', label: 'Name', value: (row) => (this.isMe(row) ? `${row.name} (you)` : row.name) },
    { id: 'roles', label: 'Roles', kind: 'tags', value: (row) => row.roles.map((key) => this.place.nameOf(key)) },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'mfa', label: 'Second factor', kind: 'flag', value: (row) => row.second_factor, yes: 'On', no: 'Off' },
    { id: 'last', label: 'Last sign-in', kind: 'relative', value: (row) => row.last_sign_in_at },
    { id: 'created_at', label: 'Joined', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
    { id: 'method', label: 'Joined by', value: (row) => row.sign_up_method, hidden: true },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
  ]);
  protected readonly actions: readonly RowAction<TeamMemberView>[] = [
    {
      label: 'Change roles',
      icon: 'manage_accounts',
      run: (row) => this.list.state.change({ open: row.id }),
    },
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
      refuses: (row) => this.refusal(row),
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

  private isMe(row: TeamMemberView): boolean {
    return row.id === this.session.user()?.id;
  }

  private refusal(row: TeamMemberView): string | null {
    if (this.isMe(row)) return 'Nobody disables or removes themselves: ask another owner or admin';
    return this.permissions.refusal('team:manage');
  }
}
