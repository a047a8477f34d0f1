import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listInvitations, resendInvitation, withdrawInvitation } from '@tollgate/contracts';
import type { InvitationView } from '@tollgate/contracts';
import { Api, Permissions, Requires, apiList } from '@tollgate/console/platform';
import {
  Confirm,
  DataTable,
  EmptyState,
  ListPage,
  SideSheet,
  Toasts,
  statusLook,
  toProblem,
} from '@tollgate/console/ui';
import type { Column, Filter, RowAction } from '@tollgate/console/ui';
import { InviteMember } from './invite-member';
import { TeamPlace } from './team-place';

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: ['pending', 'accepted', 'withdrawn', 'expired'].map((value) => ({
      value,
      label: statusLook(value).label,
    })),
  },
];

/** Who was asked to join, and what became of it. */
@Component({
  selector: 'tg-invitations-page',
  imports: [DataTable, EmptyState, InviteMember, ListPage, MatButton, Requires, SideSheet],
  providers: [TeamPlace],
  template: `
    <tg-list-page
      title="Invitations"
      subtitle="A link works once, for 72 hours"
      [crumbs]="[{ label: place.staff() ? 'Staff' : 'Team', link: '..' }]"
    >
      <button tgAct matButton="filled" type="button" tgRequires="team:manage" (click)="inviting.set('new')">
        Invite member
      </button>
      <tg-data-table label="Invitations" noun="invitation" [list]="list" [columns]="columns()" [actions]="actions">
        <tg-empty-state
          tgEmpty
          icon="forward_to_inbox"
          title="No invitations yet"
          text="Whom you invite appears here."
        />
      </tg-data-table>
      <tg-side-sheet title="Invite member" [openId]="inviting()" (closed)="inviting.set(null)">
        <ng-template><tg-invite-member (done)="invited()" /></ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class InvitationsPage {
  protected readonly place = inject(TeamPlace);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly inviting = signal<string | null>(null);

  protected readonly list = apiList(listInvitations, {
    sort: '-created_at',
    filters: FILTERS,
    organization: () => this.place.organization(),
  });
  protected readonly columns = computed<readonly Column<InvitationView>[]>(() => [
    { id: 'email', label: 'E-mail', value: (row) => row.email },
    { id: 'roles', label: 'Roles', kind: 'tags', value: (row) => row.roles.map((key) => this.place.nameOf(key)) },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'sent', label: 'Sent', kind: 'relative', value: (row) => row.sent_at },
    { id: 'expires', label: 'Expires', kind: 'relative', value: (row) => row.expires_at },
    { id: 'by', label: 'Invited by', value: (row) => row.invited_by, wideOnly: true },
    { id: 'sends', label: 'Mails', kind: 'number', value: (row) => row.sends, hidden: true },
    {
      id: 'created_at',
      label: 'Created',
      kind: 'relative',
      value: (row) => row.created_at,
      sort: 'created_at',
      hidden: true,
    },
  ]);
  protected readonly actions: readonly RowAction<InvitationView>[] = [
    {
      label: 'Send again',
      icon: 'forward_to_inbox',
      when: (row) => row.status === 'pending' || row.status === 'expired',
      refuses: () => this.permissions.refusal('team:manage'),
      run: (row) => void this.resend(row),
    },
    {
      label: 'Withdraw',
      icon: 'undo',
      danger: true,
      when: (row) => row.status === 'pending',
      refuses: () => this.permissions.refusal('team:manage'),
      run: (row) => void this.withdraw(row),
    },
  ];

  protected invited(): void {
    this.inviting.set(null);
    this.list.reload();
  }

  private async resend({ id, email }: InvitationView): Promise<void> {
    await this.attempt(`${email} has a new link; the one before no longer works`, () =>
      this.api.call(resendInvitation, { params: { id }, organization: this.place.organization() }),
    );
  }

  private async withdraw({ id, email }: InvitationView): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Withdraw the invitation of ${email}?`,
      text: 'The link in their mail stops working at once. You can invite them again.',
      verb: 'Withdraw invitation',
    });
    if (!confirmed) return;
    await this.attempt('Invitation withdrawn', () =>
      this.api.call(withdrawInvitation, { params: { id }, organization: this.place.organization() }),
    );
  }

  private async attempt(text: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.toasts.done(text);
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.list.reload();
    }
  }
}
