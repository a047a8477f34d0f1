import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listApplicationKeys } from '@tollgate/contracts';
import { Requires, apiList } from '@tollgate/console/platform';
import { SideSheet } from '@tollgate/console/ui';
import { ApplicationInView } from './application-in-view';
import { CreateKey } from './create-key';
import { KEY_FILTERS, keyColumns } from './key-columns';
import { KeyTable } from './key-table';

/** The keys of one application. */
@Component({
  selector: 'tg-application-keys',
  imports: [CreateKey, KeyTable, MatButton, Requires, SideSheet],
  template: `
    <div class="acts">
      <button matButton="filled" type="button" tgRequires="keys:write" (click)="creating.set('new')">Create key</button>
    </div>
    <tg-key-table [list]="list" [columns]="columns" />
    <tg-side-sheet title="Create key" [openId]="creating()" (closed)="creating.set(null)">
      <ng-template>
        <tg-create-key [applicationId]="view.id()" (created)="created()" (cancelled)="creating.set(null)" />
      </ng-template>
    </tg-side-sheet>
  `,
  styles: `
    .acts {
      display: flex;
      justify-content: flex-end;
      margin-block-end: var(--tg-space-3);
    }
  `,
})
export class ApplicationKeys {
  protected readonly view = inject(ApplicationInView);
  protected readonly creating = signal<string | null>(null);
  protected readonly columns = keyColumns(false);
  protected readonly list = apiList(listApplicationKeys, {
    sort: '-created_at',
    search: true,
    filters: KEY_FILTERS,
    params: () => ({ id: this.view.id() }),
  });

  protected created(): void {
    this.creating.set(null);
    this.list.reload();
    this.view.application.reload();
  }
}
