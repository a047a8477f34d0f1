import { Component, computed, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { DataTable, EmptyState, ListState, Problem, SideSheet, TableCell } from '@tollgate/console/ui';
import type { Column, Filter, ListSource } from '@tollgate/console/ui';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly organization: string;
  readonly verifications: number;
  readonly credits: number;
  readonly created_at: string;
  readonly tags: readonly string[];
}

const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `app_01KAMCX4E8S0N6R2V5T9W3Y${String(at).padStart(3, '0')}`,
    name: `${['Web shop', 'Mobile app', 'Partner portal', 'Call centre'][at % 4]} ${at + 1}`,
    status: ['active', 'active', 'disabled', 'pending'][at % 4] ?? 'active',
    organization: ['Acme Shop', 'Baobab Bank', 'Cedar Clinics'][at % 3] ?? '',
    verifications: (at * 7919) % 20_000,
    credits: (at * 104_729) % 9_000_000,
    created_at: new Date(Date.UTC(2026, 9, 1) + at * 3_600_000).toISOString(),
    tags: [['sms'], ['sms', 'email'], [], ['sms', 'email', 'mobile']][at % 4] ?? [],
  }));

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    multiple: true,
    options: [
      { value: 'active', label: 'Active' },
      { value: 'pending', label: 'Pending' },
      { value: 'disabled', label: 'Disabled' },
    ],
  },
  { id: 'created', label: 'Created', kind: 'dates' },
];

function source(key: string, state: Partial<Record<'rows' | 'loading' | 'problem', unknown>>): ListSource<Row> {
  const list = new ListState({ key, sort: '-created_at' });
  return {
    state: list,
    filters: FILTERS,
    searchable: true,
    rows: signal(state.rows as Row[] | undefined),
    nextCursor: computed(() => (list.page() < 3 ? `c${list.page()}` : null)),
    total: signal(137),
    loading: signal(state.loading === true),
    problem: signal(state.problem as Problem | undefined),
    reload: () => undefined,
  };
}

@Component({
  selector: 'tg-gallery-lists',
  imports: [DataTable, EmptyState, MatButton, SideSheet, TableCell],
  template: `
    <h3>Rows, selection, actions, side sheet</h3>
    <tg-data-table
      label="Applications"
      noun="application"
      [list]="full"
      [columns]="columns"
      [actions]="actions"
      [bulk]="bulk"
      [opens]="true"
      [exportable]="true"
    >
      <button tgTool matButton="filled" type="button">Register application</button>
      <ng-template tgCell="organization" [tgCellOf]="full" let-row
        ><em>{{ row.organization }}</em></ng-template
      >
    </tg-data-table>
    <tg-side-sheet title="Application" [state]="full.state">
      <ng-template let-id
        ><p>{{ id }}</p></ng-template
      >
    </tg-side-sheet>
    <h3>First load</h3>
    <tg-data-table label="Applications" [list]="loading" [columns]="columns" />
    <h3>The next page is on its way</h3>
    <tg-data-table label="Applications" [list]="refreshing" [columns]="columns" />
    <h3>Empty</h3>
    <tg-data-table label="Applications" [list]="empty" [columns]="columns">
      <tg-empty-state
        tgEmpty
        icon="apps"
        title="No applications yet"
        text="An application is what calls the API. Register one to get its first key."
      >
        <button matButton="filled" type="button">Register application</button>
      </tg-empty-state>
    </tg-data-table>
    <h3>Failed</h3>
    <tg-data-table label="Applications" [list]="failed" [columns]="columns" />
    <h3>No permission</h3>
    <tg-data-table label="Applications" [list]="forbidden" [columns]="columns" />
    <h3>Two hundred rows, windowed</h3>
    <tg-data-table label="Applications" [list]="long" [columns]="columns" />
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-3);
    }
  `,
})
export class GalleryLists {
  protected readonly columns: readonly Column<Row>[] = [
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'organization', label: 'Organization', kind: 'custom' },
    { id: 'channels', label: 'Channels', kind: 'tags', value: (row) => row.tags, wideOnly: true },
    { id: 'verifications', label: 'Verifications', kind: 'number', value: (row) => row.verifications },
    { id: 'credits', label: 'Credits', kind: 'credits', value: (row) => row.credits, wideOnly: true },
    { id: 'created_at', label: 'Created', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
  ];
  protected readonly actions = [
    { label: 'Open', icon: 'open_in_new' as const, run: () => undefined },
    { label: 'Edit', icon: 'edit' as const, run: () => undefined, refuses: () => 'Your role does not include this' },
    { label: 'Delete', icon: 'delete' as const, danger: true, run: () => undefined },
  ];
  protected readonly bulk = [{ label: 'Disable', icon: 'block' as const, run: () => undefined }];
  protected readonly full = source('a', { rows: rows(12) });
  protected readonly loading = source('b', { loading: true });
  protected readonly refreshing = source('c', { rows: rows(3), loading: true });
  protected readonly empty = source('d', { rows: [] });
  protected readonly failed = source('e', {
    problem: new Problem({
      status: 503,
      code: 'unavailable',
      title: 'The service cannot answer just now; try again shortly',
      requestId: 'req_01KAMCX4E8S0N6R2V5T9W3Y7ZB',
    }),
  });
  protected readonly forbidden = source('f', {
    problem: new Problem({
      status: 403,
      code: 'permission_denied',
      title: 'Your role or key does not include this permission',
    }),
  });
  protected readonly long = source('g', { rows: rows(200) });
}
