import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { DataTable, NOW, Problem, TIME_ZONE, TableCell } from '../../index';
import type { BulkAction, Column, RowAction } from '../../index';
import { DataTableHarness, staticList } from '../../testing';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly credits: number | null;
  readonly created_at: string;
}

const row = (at: number): Row => ({
  id: `app_${at}`,
  name: `Shop ${at}`,
  status: at % 2 === 0 ? 'active' : 'disabled',
  credits: at === 1 ? null : 1500 * at,
  created_at: '2026-11-22T10:00:00.000Z',
});

@Component({
  selector: 'tg-spec-page',
  imports: [DataTable, TableCell],
  template: `
    <tg-data-table
      label="Applications"
      noun="application"
      [list]="list"
      [columns]="columns"
      [actions]="actions"
      [bulk]="bulk"
      [opens]="true"
      [exportable]="true"
      (exported)="did.push('export ' + $event)"
    >
      <ng-template tgCell="own" [tgCellOf]="list" let-row>own {{ row.name }}</ng-template>
    </tg-data-table>
  `,
})
class SpecPage {
  readonly did: string[] = [];
  readonly list = staticList<Row>([row(1), row(2), row(3)], {
    sort: '-created_at',
    filters: [
      {
        id: 'status',
        label: 'Status',
        kind: 'choice',
        multiple: true,
        options: [
          { value: 'active', label: 'Active' },
          { value: 'disabled', label: 'Disabled' },
        ],
      },
    ],
  });
  readonly columns: readonly Column<Row>[] = [
    { id: 'name', label: 'Name', value: (one) => one.name, sort: 'name' },
    { id: 'status', label: 'Status', kind: 'status', value: (one) => one.status },
    { id: 'credits', label: 'Credits', kind: 'credits', value: (one) => one.credits },
    { id: 'own', label: 'Own', kind: 'custom' },
    {
      id: 'created_at',
      label: 'Created',
      kind: 'relative',
      value: (one) => one.created_at,
      sort: 'created_at',
      hidden: true,
    },
  ];
  readonly actions: readonly RowAction<Row>[] = [
    { label: 'Edit', icon: 'edit', run: (one) => this.did.push(`edit ${one.id}`) },
    { label: 'Enable', icon: 'check', run: () => undefined, when: (one) => one.status === 'disabled' },
  ];
  readonly bulk: readonly BulkAction<Row>[] = [
    {
      label: 'Disable',
      icon: 'block',
      run: (rows) => void this.did.push(`disable ${rows.map((one) => one.id).join()}`),
    },
  ];
}

async function open(url = '/list') {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([{ path: 'list', component: SpecPage }]),
      { provide: TIME_ZONE, useValue: signal('UTC') },
      { provide: NOW, useValue: signal(Date.UTC(2026, 10, 22, 12)) },
    ],
  });
  const harness = await RouterTestingHarness.create();
  const page = await harness.navigateByUrl(url, SpecPage);
  const table = await TestbedHarnessEnvironment.loader(harness.fixture).getHarness(DataTableHarness);
  return {
    page,
    table,
    url: () => decodeURIComponent(TestBed.inject(Router).url),
    stable: () => harness.fixture.whenStable(),
  };
}

describe('The data table', () => {
  it('draws each kind of cell, with a dash where there is no value', async () => {
    const { table } = await open();
    expect(await table.headers()).toEqual(['Name', 'Status', 'Credits', 'Own']);
    expect((await table.rows())[0]).toEqual(['Shop 1', 'Disabled', '–none', 'own Shop 1']);
    expect((await table.rows())[1]).toEqual(['Shop 2', 'Active', '3', 'own Shop 2']);
  });

  it('keeps search, filters, sort and the opened row in the address', async () => {
    const { table, url } = await open();
    await table.search('ann');
    await table.filter('Status', 'Active', 'Disabled');
    await table.sortBy('Name');
    await table.sortBy('Name');
    await table.open(1);
    expect(url()).toBe('/list?q=ann&f.status=active,disabled&sort=-name&open=app_2');
  });

  it('takes its state from the address', async () => {
    const { page, table } = await open('/list?q=shop&f.status=active&sort=name&size=25&cols=name,created_at');
    expect(page.list.state.q()).toBe('shop');
    expect(page.list.state.filters()).toEqual({ status: 'active' });
    expect(page.list.state.size()).toBe(25);
    expect(await table.sortOf('Name')).toBe('ascending');
    expect(await table.headers()).toEqual(['Name', 'Created']);
    expect((await table.rows())[0]?.[1]).toBe('2 hours ago');
  });

  it('follows cursors forward and back, and starts again when the question changes', async () => {
    const { page, table, url } = await open();
    page.list.nextCursor.set('c2');
    await table.nextPage();
    expect(url()).toBe('/list?after=c2&page=2');
    page.list.nextCursor.set('c3');
    await table.nextPage();
    expect(url()).toBe('/list?after=c3&page=3');
    await table.previousPage();
    expect(url()).toBe('/list?after=c2&page=2');
    await table.sortBy('Name');
    expect(url()).toBe('/list?sort=name');
  });

  it('goes back to the first page from an address opened in the middle', async () => {
    const { table, url } = await open('/list?after=c9&page=9');
    await table.previousPage();
    expect(url()).toBe('/list');
  });

  it('tells loading, empty, no match, failed and forbidden apart', async () => {
    const { page, table } = await open();
    page.list.rows.set(undefined);
    expect(await table.state()).toBe('loading');
    page.list.rows.set([]);
    expect(await table.state()).toBe('empty');
    expect(await table.message()).toBe('No applications yet');
    await table.search('nothing');
    expect(await table.state()).toBe('no-match');
    await table.clearFilters();
    expect(page.list.state.isFiltered()).toBe(false);
    page.list.problem.set(new Problem({ status: 503, code: 'unavailable', title: 'Not now', requestId: 'req_1' }));
    expect(await table.state()).toBe('failed');
    expect(await table.message()).toContain('These applications could not be loaded');
    await table.retry();
    expect(page.list.reloads).toBe(1);
    page.list.problem.set(new Problem({ status: 403, code: 'permission_denied', title: 'Your role lacks it' }));
    expect(await table.message()).toContain('You may not see these applications');
  });

  it('keeps the rows of the page before while the next is on its way', async () => {
    const { page, table } = await open();
    page.list.loading.set(true);
    expect(await table.state()).toBe('rows');
    expect(await table.rowCount()).toBe(3);
  });

  it('offers the acts of a row that apply to it', async () => {
    const { page, table } = await open();
    expect(await table.actionsOf(0)).toEqual(['Edit', 'Enable']);
    expect(await table.actionsOf(1)).toEqual(['Edit']);
    await table.act(1, 'Edit');
    expect(page.did).toEqual(['edit app_2']);
  });

  it('does something with the selected rows, then clears the selection', async () => {
    const { page, table } = await open();
    await table.select(0);
    await table.select(2);
    await table.bulk('Disable');
    expect(page.did).toEqual(['disable app_1,app_3']);
    await expect(table.bulk('Disable')).rejects.toThrow('No bulk act');
  });

  it('opens and selects by keyboard', async () => {
    const { page, table, url } = await open();
    await table.press(0, 'j');
    await table.press(1, 'x');
    await table.bulk('Disable');
    expect(page.did).toEqual(['disable app_2']);
    await (await table.host()).dispatchEvent('focus');
    const second = document.querySelector<HTMLElement>('tr[data-row="1"]');
    second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(await table.state()).toBe('rows');
    expect(url()).toContain('open=app_2');
  });

  it('draws only the rows in view when there are more than a hundred', async () => {
    const { page, table } = await open();
    page.list.rows.set(Array.from({ length: 200 }, (_, at) => row(at)));
    const drawn = await table.rowCount();
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(60);
    page.list.rows.set(Array.from({ length: 100 }, (_, at) => row(at)));
    expect(await table.rowCount()).toBe(100);
  });

  it('says to a screen reader which rows are shown', async () => {
    const { page, table } = await open('/list?sort=name');
    page.list.total.set(null);
    expect(await table.announcement()).toBe('Page 1, 3 of more than 10,000 applications, sorted by Name, ascending');
  });
});
