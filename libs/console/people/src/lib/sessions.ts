import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { endMyOtherSessions, endMySession, listMySessions } from '@tollgate/contracts';
import type { MySessionView } from '@tollgate/contracts';
import { Api, apiList } from '@tollgate/console/platform';
import { Confirm, DataTable, ListPage, TableCell, Toasts, toProblem } from '@tollgate/console/ui';
import type { Column, RowAction } from '@tollgate/console/ui';

const METHODS: Readonly<Record<MySessionView['methods'][number], string>> = {
  password: 'Password',
  totp: 'Authenticator',
  recovery_code: 'Recovery key',
  invitation: 'Invitation',
  setup: 'Set-up',
};

/** Where one is signed in. */
@Component({
  selector: 'tg-sessions-page',
  imports: [DataTable, ListPage, MatButton, TableCell],
  template: `
    <tg-list-page
      title="Sessions"
      subtitle="Where you are signed in. End what you do not know, and change your password"
    >
      <button tgAct matButton="outlined" type="button" [disabled]="others() === 0" (click)="endOthers()">
        End all others
      </button>
      <tg-data-table label="Sessions" noun="session" [list]="list" [columns]="columns" [actions]="actions">
        <ng-template tgCell="device" [tgCellOf]="list" let-row>
          <span class="device"
            >{{ row.device }}
            @if (row.current) {
              <span class="badge">This session</span>
            }
          </span>
        </ng-template>
      </tg-data-table>
    </tg-list-page>
  `,
  styles: `
    .device {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px var(--tg-space-2);
    }
    .badge {
      padding: 1px var(--tg-space-2);
      border-radius: 999px;
      color: var(--mat-sys-on-primary-container);
      background: var(--mat-sys-primary-container);
      font: var(--mat-sys-label-medium);
    }
  `,
})
export class SessionsPage {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  protected readonly list = apiList(listMySessions, { sort: '-created_at' });
  protected readonly others = computed(() => (this.list.rows() ?? []).filter((row) => !row.current).length);
  protected readonly columns: readonly Column<MySessionView>[] = [
    { id: 'device', label: 'Device', kind: 'custom' },
    { id: 'address', label: 'IP address', kind: 'code', value: (row) => row.address },
    {
      id: 'methods',
      label: 'Proven by',
      value: (row) => row.methods.map((method) => METHODS[method]).join(' and '),
    },
    { id: 'created_at', label: 'Signed in', kind: 'relative', value: (row) => row.created_at },
    { id: 'seen', label: 'Last active', kind: 'relative', value: (row) => row.last_seen_at },
    { id: 'expires', label: 'Ends', kind: 'relative', value: (row) => row.expires_at, wideOnly: true },
  ];
  protected readonly actions: readonly RowAction<MySessionView>[] = [
    {
      label: 'End session',
      icon: 'logout',
      danger: true,
      refuses: (row) => (row.current ? 'This is the session you are in: use Sign out in the account menu' : null),
      run: (row) => void this.end(row),
    },
  ];

  private async end(row: MySessionView): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `End the session on ${row.device}?`,
      text: `Whoever uses it, from ${row.address}, has to sign in again.`,
      verb: 'End session',
    });
    if (confirmed) await this.attempt('Session ended', () => this.api.call(endMySession, { params: { id: row.id } }));
  }

  protected async endOthers(): Promise<void> {
    const count = this.others();
    const confirmed = await this.confirm.ask({
      level: 2,
      title: 'End all other sessions?',
      text: `${count === 1 ? 'One session ends' : `${count} sessions end`} at once. This one stays.`,
      verb: 'End all others',
    });
    if (confirmed) await this.attempt('Your other sessions ended', () => this.api.call(endMyOtherSessions));
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
