import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { getCredits, listCreditEntries } from '@tollgate/contracts';
import type { CreditEntryView } from '@tollgate/contracts';
import { Permissions, apiList, apiResource } from '@tollgate/console/platform';
import { Banner, DataTable, EmptyState, Loaded, MetricTile, Region } from '@tollgate/console/ui';
import type { Column } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';

/** The balance and the newest entries; granting and adjusting is on its own credits page. */
@Component({
  selector: 'tg-organization-credits',
  imports: [Banner, DataTable, EmptyState, Loaded, MatButton, MetricTile, Region, RouterLink],
  template: `
    <div class="tg-stack">
      <tg-region what="its balance" [lines]="2">
        <ng-template [tgLoaded]="balance" let-found>
          <div class="tg-tiles">
            <tg-metric label="Available" unit="credits" [value]="found.available" />
            <tg-metric label="Held" unit="credits" [value]="found.held" />
            <tg-metric label="Used a day" unit="credits" [value]="found.burn.per_day" />
          </div>
          @if (found.low) {
            <tg-banner class="low" tone="warning" icon="warning"
              >The balance is below its low-balance threshold.</tg-banner
            >
          }
        </ng-template>
      </tg-region>
      @if (permissions.can('credit_entries:read')) {
        <tg-data-table label="Entries" noun="entry" [list]="list" [columns]="columns">
          <a tgTool matButton="filled" [routerLink]="view.root() + '/credits'">
            {{ permissions.can('credits:adjust') ? 'Grant or adjust' : 'Whole history' }}
          </a>
          <tg-empty-state
            tgEmpty
            icon="toll"
            title="No entries yet"
            text="Charges, refunds and grants appear here as they are posted."
          />
        </tg-data-table>
      }
    </div>
  `,
  styles: `
    .low {
      margin-block-start: var(--tg-space-3);
    }
  `,
})
export class OrganizationCredits {
  protected readonly view = inject(OrganizationInView);
  protected readonly permissions = inject(Permissions);
  protected readonly balance = apiResource(getCredits, () => ({ organization: this.view.id() }));
  protected readonly list = apiList(listCreditEntries, {
    sort: '-recorded_at',
    size: 25,
    organization: () => this.view.id(),
  });
  protected readonly columns: readonly Column<CreditEntryView>[] = [
    { id: 'date', label: 'Date', kind: 'time', value: (row) => row.recorded_at },
    { id: 'amount', label: 'Amount', kind: 'signedCredits', value: (row) => row.amount },
    { id: 'description', label: 'Description', value: (row) => row.reason ?? row.description },
    { id: 'balance', label: 'Balance after', kind: 'credits', value: (row) => row.balance_after },
    { id: 'by', label: 'Created by', value: (row) => row.created_by.label, wideOnly: true },
  ];
}
