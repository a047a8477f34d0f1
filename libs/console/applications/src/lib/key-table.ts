import { Component, inject, input, signal } from '@angular/core';
import { revokeKey } from '@tollgate/contracts';
import type { KeyView } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import { Confirm, DataTable, EmptyState, SideSheet, Toasts, toProblem } from '@tollgate/console/ui';
import type { Column, ListSource, RowAction } from '@tollgate/console/ui';
import { RotateKey } from './rotate-key';

/** Keys with what can be done to them: on the page of all, and in the tab of one application. */
@Component({
  selector: 'tg-key-table',
  imports: [DataTable, EmptyState, RotateKey, SideSheet],
  template: `
    <tg-data-table label="API keys" noun="key" [list]="list()" [columns]="columns()" [actions]="actions">
      <tg-empty-state
        tgEmpty
        icon="key"
        title="No keys yet"
        text="A key is how an application proves who it is. Begin with a test key: nothing is sent, nothing charged."
      />
    </tg-data-table>
    <tg-side-sheet title="Rotate key" [openId]="rotating()?.id ?? null" (closed)="rotating.set(null)">
      <ng-template>
        @if (rotating(); as key) {
          <tg-rotate-key [key]="key" (rotated)="done()" (cancelled)="rotating.set(null)" />
        }
      </ng-template>
    </tg-side-sheet>
  `,
})
export class KeyTable {
  readonly list = input.required<ListSource<KeyView>>();
  readonly columns = input.required<readonly Column<KeyView>[]>();
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly rotating = signal<KeyView | null>(null);

  protected readonly actions: readonly RowAction<KeyView>[] = [
    {
      label: 'Rotate',
      icon: 'autorenew',
      refuses: (row) =>
        row.status === 'active'
          ? this.permissions.refusal('keys:write')
          : `Only an active key can be rotated: this one is ${row.status}`,
      run: (row) => this.rotating.set(row),
    },
    {
      label: 'Revoke',
      icon: 'key_off',
      danger: true,
      refuses: (row) =>
        row.status === 'active' || row.status === 'retiring'
          ? this.permissions.refusal('keys:write')
          : `This key is ${row.status} already`,
      run: (row) => void this.revoke(row),
    },
  ];

  protected done(): void {
    this.rotating.set(null);
    this.list().reload();
  }

  private async revoke(key: KeyView): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Revoke ${key.name}?`,
      text: `Calls with ${key.hint} are refused within a second, for good. To replace it without a gap, rotate it.`,
      verb: 'Revoke key',
    });
    if (!confirmed) return;
    try {
      await this.api.call(revokeKey, { params: { id: key.id }, body: {} });
      this.toasts.done(`${key.name} is revoked`);
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.list().reload();
    }
  }
}
