import { Component, computed, inject } from '@angular/core';
import { CREDIT_ENTRY_TYPES, getCredits, listCreditEntries } from '@tollgate/contracts';
import type { CreditEntryView } from '@tollgate/contracts';
import { ActiveScope, Permissions, apiList, apiResource, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, Loaded, Region } from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';
import { AdjustBalance } from './adjust-balance';
import { BalanceTiles } from './balance-tiles';
import { OPERATION_NAMES, OPERATION_OPTIONS } from './operation-names';

const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const FILTERS: readonly Filter[] = [
  {
    id: 'type',
    label: 'Type',
    kind: 'choice',
    options: CREDIT_ENTRY_TYPES.map((value) => ({ value, label: title(value) })),
  },
  { id: 'operation', label: 'Operation', kind: 'choice', options: OPERATION_OPTIONS },
  { id: 'application_id', label: 'Application', kind: 'text', placeholder: 'app_…' },
  { id: 'date', label: 'Date', kind: 'dates', from: 'from', to: 'to' },
];

/** The prepaid balance of an organization and its whole history; over all organizations the ledger alone. */
@Component({
  selector: 'tg-credits-page',
  imports: [AdjustBalance, BalanceTiles, DataTable, EmptyState, ListPage, Loaded, Region],
  template: `
    <tg-list-page title="Credits" [subtitle]="subtitle()">
      @if (adjustable()) {
        <tg-adjust-balance tgAct (changed)="refresh()" />
      }
      @if (scope.organizationId() !== null) {
        <tg-region tgAbove what="the balance">
          <ng-template [tgLoaded]="balance" let-found><tg-balance-tiles [balance]="found" /></ng-template>
        </tg-region>
      }
      @if (permissions.can('credit_entries:read')) {
        <tg-data-table label="Entries" noun="entry" [list]="list" [columns]="columns()">
          <tg-empty-state
            tgEmpty
            icon="toll"
            title="No entries yet"
            text="Charges, refunds and grants appear here as they are posted."
          />
        </tg-data-table>
      }
    </tg-list-page>
  `,
})
export class CreditsPage {
  protected readonly scope = inject(ActiveScope);
  protected readonly permissions = inject(Permissions);

  protected readonly adjustable = computed(
    () => this.scope.organizationId() !== null && this.permissions.can('credits:adjust'),
  );
  protected readonly subtitle = computed(() =>
    this.scope.organizationId() === null
      ? 'Every entry of every organization, in the order of posting'
      : 'What is left, what is held for pending checks, and where it went',
  );
  protected readonly balance = apiResource(getCredits, () => (this.scope.organizationId() === null ? undefined : {}));
  protected readonly list = apiList(listCreditEntries, { sort: '-recorded_at', filters: FILTERS });
  protected readonly columns = withOrganization<CreditEntryView>([
    { id: 'date', label: 'Date', kind: 'time', value: (row) => row.recorded_at, sort: 'recorded_at' },
    { id: 'amount', label: 'Amount', kind: 'signedCredits', value: (row) => row.amount },
    { id: 'description', label: 'Description', value: (row) => row.reason ?? row.description },
    { id: 'balance', label: 'Balance after', kind: 'credits', value: (row) => row.balance_after },
    { id: 'by', label: 'Created by', value: (row) => row.created_by.label },
    { id: 'type', label: 'Type', value: (row) => title(row.type), wideOnly: true },
    {
      id: 'operation',
      label: 'Operation',
      value: (row) => (row.operation === null ? null : OPERATION_NAMES[row.operation]),
      hidden: true,
    },
    { id: 'source', label: 'Belongs to', kind: 'id', value: (row) => row.source.id, hidden: true },
    { id: 'id', label: 'Transaction', kind: 'id', value: (row) => row.id, hidden: true },
  ] satisfies Column<CreditEntryView>[]);

  protected refresh(): void {
    this.balance.reload();
    this.list.reload();
  }
}
