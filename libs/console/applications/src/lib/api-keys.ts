import { Component, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listKeys } from '@tollgate/contracts';
import { Requires, apiList, withOrganization } from '@tollgate/console/platform';
import { ListPage, SideSheet } from '@tollgate/console/ui';
import { CreateKey } from './create-key';
import { KEY_FILTERS, keyColumns } from './key-columns';
import { KeyTable } from './key-table';

/** The keys of all applications. */
@Component({
  selector: 'tg-api-keys-page',
  imports: [CreateKey, KeyTable, ListPage, MatButton, Requires, SideSheet],
  template: `
    <tg-list-page title="API keys" subtitle="How applications prove who they are. A key is shown once, when it is made">
      <button tgAct matButton="filled" type="button" tgRequires="keys:write" (click)="creating.set('new')">
        Create key
      </button>
      <tg-key-table [list]="list" [columns]="columns()" />
      <tg-side-sheet title="Create key" [openId]="creating()" (closed)="creating.set(null)">
        <ng-template><tg-create-key (created)="created()" (cancelled)="creating.set(null)" /></ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class ApiKeysPage {
  protected readonly creating = signal<string | null>(null);
  protected readonly columns = withOrganization(keyColumns(true));
  protected readonly list = apiList(listKeys, { sort: '-created_at', search: true, filters: KEY_FILTERS });

  protected created(): void {
    this.creating.set(null);
    this.list.reload();
  }
}
