import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { listOperationPrices } from '@tollgate/contracts';
import type { OperationPriceView } from '@tollgate/contracts';
import { Permissions, Requires, apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState, ListPage, SideSheet } from '@tollgate/console/ui';
import type { Column, Filter, RowAction } from '@tollgate/console/ui';
import { OPERATION_NAMES, OPERATION_OPTIONS } from './operation-names';
import { SetPrice } from './set-price';

const FILTERS: readonly Filter[] = [
  { id: 'operation', label: 'Operation', kind: 'choice', options: OPERATION_OPTIONS },
  {
    id: 'state',
    label: 'State',
    kind: 'choice',
    options: [
      { value: 'current', label: 'Current' },
      { value: 'scheduled', label: 'Scheduled' },
      { value: 'past', label: 'Past' },
    ],
  },
  { id: 'country', label: 'Country', kind: 'text', placeholder: 'ZA, or any' },
];

/** What each operation costs, by country and version. Versions are never edited: charges keep the one they were made by. */
@Component({
  selector: 'tg-operation-prices-page',
  imports: [DataTable, EmptyState, ListPage, MatButton, Requires, SetPrice, SideSheet],
  template: `
    <tg-list-page
      title="Operation prices"
      subtitle="What each operation costs in credits. A price of a country goes before the general one"
    >
      <button tgAct matButton="filled" type="button" tgRequires="operation_prices:write" (click)="open.set('new')">
        Set a price
      </button>
      <tg-data-table label="Operation prices" noun="price" [list]="list" [columns]="columns" [actions]="actions">
        <tg-empty-state tgEmpty icon="sell" title="No prices" text="Without a price an operation is free." />
      </tg-data-table>
      <tg-side-sheet title="Set a price" [openId]="open()" (closed)="open.set(null)">
        <ng-template><tg-set-price [start]="start()" (done)="finished()" /></ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class OperationPricesPage {
  protected readonly open = signal<string | null>(null);
  protected readonly start = signal<OperationPriceView | null>(null);
  private readonly permissions = inject(Permissions);

  protected readonly list = apiList(listOperationPrices, { sort: '-valid_from', filters: FILTERS });
  protected readonly columns: readonly Column<OperationPriceView>[] = [
    { id: 'operation', label: 'Operation', value: (row) => OPERATION_NAMES[row.operation] },
    { id: 'country', label: 'Country', value: (row) => row.country ?? 'Every other' },
    { id: 'price', label: 'Price', kind: 'credits', value: (row) => row.price },
    { id: 'active', label: 'Charged', kind: 'flag', value: (row) => row.active, yes: 'Charged', no: 'Not charged' },
    { id: 'state', label: 'State', kind: 'status', value: (row) => row.state },
    {
      id: 'valid_from',
      label: 'Valid from',
      kind: 'time',
      // Prices that came with the installation hold since ever, which is no day to show.
      value: (row) => (Date.parse(row.valid_from) === 0 ? null : row.valid_from),
      sort: 'valid_from',
    },
    { id: 'by', label: 'Set by', value: (row) => row.created_by.label, wideOnly: true },
    { id: 'note', label: 'Note', value: (row) => row.note, wideOnly: true },
  ];
  protected readonly actions: readonly RowAction<OperationPriceView>[] = [
    {
      label: 'New version',
      icon: 'edit',
      refuses: () => this.permissions.refusal('operation_prices:write'),
      run: (row) => {
        this.start.set(row);
        this.open.set(row.id);
      },
    },
  ];

  protected finished(): void {
    this.open.set(null);
    this.start.set(null);
    this.list.reload();
  }
}
