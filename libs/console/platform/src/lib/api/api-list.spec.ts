import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Api, Permissions, Requires, apiList } from '../../index';
import { FakeApi, page, problem, renderPage } from '../../testing';
import { DataTable, EmptyState, ListPage, Toasts } from '@tollgate/console/ui';
import type { Column, RowAction } from '@tollgate/console/ui';
import { DataTableHarness } from '@tollgate/console/ui/testing';
import { listApplications, updateApplication } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';

/** The list page of docs/console.md, so that the guide cannot be wrong. */
@Component({
  selector: 'tg-applications-page',
  imports: [DataTable, EmptyState, ListPage, MatButton, Requires, RouterLink],
  template: `
    <tg-list-page title="Applications" subtitle="What calls the API with its own keys.">
      <a tgAct matButton="filled" routerLink="new" tgRequires="applications:write">Register application</a>
      <tg-data-table
        label="Applications"
        noun="application"
        [list]="list"
        [columns]="columns"
        [rowLink]="linkOf"
        [actions]="actions"
      >
        <tg-empty-state tgEmpty icon="apps" title="No applications yet" text="Register one to get its first key." />
      </tg-data-table>
    </tg-list-page>
  `,
})
class ApplicationsPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  private readonly permissions = inject(Permissions);

  protected readonly list = apiList(listApplications, {
    sort: '-created_at',
    search: true,
    filters: [
      {
        id: 'status',
        label: 'Status',
        kind: 'choice',
        options: [
          { value: 'active', label: 'Active' },
          { value: 'disabled', label: 'Disabled' },
        ],
      },
    ],
  });
  protected readonly columns: readonly Column<ApplicationView>[] = [
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
    { id: 'created_at', label: 'Created', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
  ];
  protected readonly linkOf = (row: ApplicationView) => ['/applications', row.id];
  protected readonly actions: readonly RowAction<ApplicationView>[] = [
    {
      label: 'Disable',
      icon: 'block',
      when: (row) => row.status === 'active',
      refuses: () => this.permissions.refusal('applications:write'),
      run: (row) => void this.disable(row),
    },
  ];

  private disable(row: ApplicationView): Promise<void> {
    const set = (status: 'active' | 'disabled') =>
      this.api.call(updateApplication, { params: { id: row.id }, body: { version: row.version, status } });
    return this.toasts.undoable({
      text: `${row.name} disabled`,
      run: () => set('disabled'),
      undo: () => set('active'),
      settled: () => this.list.reload(),
    });
  }
}

const application = (more: Partial<ApplicationView> = {}) => ({
  id: 'app_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  name: 'Web shop',
  status: 'active',
  version: 3,
  created_at: '2026-11-22T10:00:00.000Z',
  ...more,
});

describe('A list of the API', () => {
  const render = async (api: FakeApi, options: Parameters<typeof renderPage>[1] = {}) => {
    const rendered = await renderPage(ApplicationsPage, { url: 'applications', ...options, api });
    return { ...rendered, table: await rendered.loader.getHarness(DataTableHarness) };
  };

  it('asks for the first page in the declared order and shows it', async () => {
    const api = new FakeApi({ 'GET /v1/applications': page([application()]) });
    const { table } = await render(api);
    expect(await table.rows()).toEqual([['Web shop', 'Active', '2 hours ago']]);
    expect(api.callsOf('GET /v1/applications').map((call) => call.query)).toEqual([
      { limit: '50', sort: '-created_at' },
    ]);
  });

  it('sends what the address says, without members that the list does not declare', async () => {
    const api = new FakeApi({ 'GET /v1/applications': page([]) });
    await render(api, { url: 'applications?q=shop&f.status=active&f.color=red&sort=name&size=25&after=c2&page=2' });
    expect(api.calls.at(-1)?.query).toEqual({ q: 'shop', status: 'active', sort: 'name', limit: '25', cursor: 'c2' });
  });

  it('keeps the page before while the next is read', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const api = new FakeApi({
      'GET /v1/applications': (call: { query: Record<string, string> }) =>
        call.query['cursor']
          ? new Promise((resolve) => (answer = resolve))
          : page([application()], { next_cursor: 'c2' }),
    });
    const { table, settle } = await render(api);
    void table.nextPage();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(document.querySelector('tbody')?.textContent).toContain('Web shop');
    expect(document.querySelector('section')?.getAttribute('aria-busy')).toBe('true');
    answer(page([application({ name: 'Second page' })]));
    await settle();
    expect((await table.rows())[0]?.[0]).toBe('Second page');
  });

  it('says why it failed, and reads again when asked', async () => {
    const api = new FakeApi({ 'GET /v1/applications': problem(503, 'unavailable', 'Not just now') });
    const { table, settle } = await render(api);
    expect(await table.state()).toBe('failed');
    api.on('GET /v1/applications', page([application()]));
    await table.retry();
    await settle();
    expect(await table.state()).toBe('rows');
  });

  it('turns what the role lacks off, with the reason', async () => {
    const api = new FakeApi({ 'GET /v1/applications': page([application()]) });
    const { element } = await render(api, { permissions: ['applications:read'], roles: ['viewer'] });
    const button = element.querySelector('a[tgRequires]');
    expect(button?.getAttribute('aria-disabled')).toBe('true');
    expect(button?.classList.contains('tg-refused')).toBe(true);
  });

  it('does an act at once and undoes it', async () => {
    const api = new FakeApi({
      'GET /v1/applications': page([application()]),
      'PATCH /v1/applications/:id': (call: { body: unknown }) => call.body,
    });
    const { table, settle } = await render(api);
    await table.act(0, 'Disable');
    await settle();
    expect(api.callsOf('PATCH /v1/applications/:id').map((call) => call.body)).toEqual([
      { version: 3, status: 'disabled' },
    ]);
    expect(api.callsOf('GET /v1/applications')).toHaveLength(2);
  });

  it('names the organization in the header for staff of the platform, and never for its own people', async () => {
    const api = new FakeApi({ 'GET /v1/applications': page([]) });
    await render(api, { staff: true });
    expect(api.calls.at(-1)?.headers['tollgate-organization']).toBe('org_01KAMCX4E8S0N6R2V5T9W3Y7ZA');
  });

  it('sends no header for somebody who may not choose', async () => {
    const api = new FakeApi({ 'GET /v1/applications': page([]) });
    await render(api, { staff: false });
    expect(api.calls.at(-1)?.headers).not.toHaveProperty('tollgate-organization');
  });
});
