import type { InvitationView, RoleView, TeamMemberView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage, soon } from '@tollgate/console/platform/testing';
import { ConfirmHarness, DataTableHarness, FormHarness } from '@tollgate/console/ui/testing';
import { Problem } from '@tollgate/console/ui';
import { InvitationsPage } from './invitations';
import { refusalOf } from './member-acts';
import { RolesPage } from './roles';
import { SuperAdminsPage } from './super-admins';
import { TeamPage } from './team';

const at = '2026-11-22T10:00:00.000Z';
const ME = 'usr_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const ORG = 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const member = (more: Partial<TeamMemberView> = {}): TeamMemberView => ({
  id: 'usr_2',
  organization_id: ORG,
  email: 'ben@acme.example',
  name: 'Ben',
  status: 'active',
  roles: ['developer'],
  second_factor: false,
  sign_up_method: 'invitation',
  created_at: at,
  last_sign_in_at: null,
  version: 4,
  ...more,
});
const role = (key: string, more: Partial<RoleView> = {}): RoleView => ({
  key,
  name: key.charAt(0).toUpperCase() + key.slice(1),
  description: `What ${key} does`,
  level: 'organization',
  built_in: true,
  permissions: ['applications:read'],
  assignable: true,
  ...more,
});
const invitation: InvitationView = {
  id: 'inv_1',
  organization_id: ORG,
  email: 'cora@acme.example',
  roles: ['viewer'],
  status: 'pending',
  invited_by: 'Thandi',
  sends: 1,
  created_at: at,
  sent_at: at,
  expires_at: '2026-11-25T10:00:00.000Z',
};
const ROLES = {
  data: [
    role('owner', { assignable: false, permissions: ['applications:read', 'keys:write'] }),
    role('developer'),
    role('viewer'),
  ],
};
const PATCH = 'PATCH /v1/team/:id';
const api = () =>
  new FakeApi({
    'GET /v1/team/invitations': page([invitation]),
    'POST /v1/team/invitations': invitation,
    'GET /v1/team': page([member({ id: ME, email: 'thandi@example.com', name: 'Thandi', roles: ['owner'] }), member()]),
    'GET /v1/team/:id': ({ params }: { params: Record<string, string> }) =>
      params['id'] === ME ? member({ id: ME, roles: ['owner'] }) : member(),
    'GET /v1/roles': ROLES,
    [PATCH]: member({ version: 5 }),
    'DELETE /v1/team/:id': null,
  });
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
const press = (element: Element, words: string) =>
  [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words))?.click();

describe('TeamPage', () => {
  const open = (options: Partial<Parameters<typeof renderPage>[1]> = {}) =>
    renderPage(TeamPage, { api: api(), url: 'team', ...options });

  it('lists members with roles, second factor and last sign-in, asking by the address', async () => {
    const { loader, api: called } = await open({ url: 'team?f.role=developer&q=be' });
    expect((await (await loader.getHarness(DataTableHarness)).rows())[1]).toEqual([
      'ben@acme.example',
      'Ben',
      'Developer',
      'Active',
      'Off',
      '–none',
      '2 hours ago',
    ]);
    expect(called.callsOf('GET /v1/team')[0]?.query).toMatchObject({ role: 'developer', q: 'be' });
  });

  it('is about the staff where it spans the installation', async () => {
    const { element, api: called } = await open({ scope: 'platform', staff: true });
    expect(text(element)).toContain('Who runs this installation');
    expect(called.callsOf('GET /v1/team')[0]?.headers['tollgate-organization']).toBe(ORG);
    expect(called.callsOf('GET /v1/roles')[0]?.query).toEqual({ level: 'platform' });
  });

  it('changes roles beside the list, with the version that was read', async () => {
    const { loader, api: called, settle } = await open({ url: 'team?open=usr_2' });
    await settle();
    const form = await loader.getHarness(FormHarness);
    await form.toggle('Viewer');
    await form.submit();
    await settle();
    expect(called.callsOf(PATCH)[0]?.body).toEqual({ roles: ['developer', 'viewer'], version: 4 });
    expect(called.callsOf('GET /v1/team')).toHaveLength(2);
  });

  it('says well why the last owner stays', async () => {
    const refusing = api().on(PATCH, problem(409, 'last_owner', 'An organization needs an owner'));
    const { loader, settle } = await open({ url: 'team?open=usr_2', api: refusing });
    await settle();
    const form = await loader.getHarness(FormHarness);
    await form.toggle('Viewer');
    await form.submit();
    await settle();
    expect(await form.message()).toContain('Make somebody else an owner first');
  });

  it('lets nobody change their own roles or remove themselves', async () => {
    const { loader, documentLoader, settle } = await open({ url: `team?open=${ME}` });
    await settle();
    expect(await (await loader.getHarness(FormHarness)).message()).toContain('Nobody changes their own roles');
    await (await loader.getHarness(DataTableHarness)).act(0, 'Remove');
    expect(await documentLoader.getHarnessOrNull(ConfirmHarness)).toBeNull();
  });

  it('removes somebody only with their address typed', async () => {
    const { loader, documentLoader, api: called } = await open();
    await (await loader.getHarness(DataTableHarness)).act(1, 'Remove');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    await dialog.confirm();
    expect(await dialog.complaint()).toBe('Type ben@acme.example exactly');
    await dialog.type('ben@acme.example');
    await dialog.confirm();
    await soon(() => called.callsOf('GET /v1/team')[1]);
    expect(called.callsOf('DELETE /v1/team/:id')[0]?.params['id']).toBe('usr_2');
  });

  it('disables after saying that sessions end, and enables again', async () => {
    const { loader, documentLoader, api: called } = await open();
    await (await loader.getHarness(DataTableHarness)).act(1, 'Disable');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.text()).toContain('Their sessions end at once');
    await dialog.confirm();
    expect((await soon(() => called.callsOf(PATCH)[0])).body).toEqual({ status: 'disabled', version: 4 });
  });

  it('invites with the roles that the caller may give', async () => {
    const { element, loader, api: called, settle } = await open();
    press(element, 'Invite member');
    await settle();
    const form = await loader.getHarness(FormHarness);
    await form.submit();
    expect(await form.error('E-mail')).toBe('Give an address such as name@example.com');
    expect(text(element.querySelector('tg-invite-member') ?? element)).not.toContain('What owner does');
    await form.fill('E-mail', 'cora@acme.example');
    await form.toggle('Viewer');
    await form.submit();
    await settle();
    expect(called.callsOf('POST /v1/team/invitations')[0]?.body).toEqual({
      email: 'cora@acme.example',
      roles: ['viewer'],
    });
  });

  it('leaves those who may only read the list with its acts off', async () => {
    const { element, loader, settle } = await open({ permissions: ['team:read'], url: 'team?open=usr_2' });
    await settle();
    expect(element.querySelector('button[tgRequires]')?.getAttribute('aria-disabled')).toBe('true');
    expect(await (await loader.getHarness(FormHarness)).submitLabel()).toBeNull();
  });
});

describe('InvitationsPage', () => {
  const open = (more: FakeApi = api()) => renderPage(InvitationsPage, { api: more, url: 'team/invitations' });

  it('sends one again, and says when that is too soon', async () => {
    const RESEND = 'POST /v1/team/invitations/:id/resend';
    const { loader, api: called } = await open(api().on(RESEND, problem(429, 'resend_cooldown', 'Wait a minute')));
    const table = await loader.getHarness(DataTableHarness);
    expect((await table.rows())[0]?.slice(0, 3)).toEqual(['cora@acme.example', 'Viewer', 'Pending']);
    await table.act(0, 'Send again');
    await soon(() => called.callsOf(RESEND)[0]);
    expect(called.callsOf(RESEND)).toHaveLength(1);
  });

  it('withdraws one after saying that its link stops', async () => {
    const DELETE = 'DELETE /v1/team/invitations/:id';
    const { loader, documentLoader, api: called } = await open(api().on(DELETE, null));
    await (await loader.getHarness(DataTableHarness)).act(0, 'Withdraw');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.text()).toContain('stops working at once');
    await dialog.confirm();
    await soon(() => called.callsOf('GET /v1/team/invitations')[1]);
    expect(called.callsOf(DELETE)).toHaveLength(1);
  });
});

describe('RolesPage', () => {
  it('shows what each role may do, and finds a permission by its words', async () => {
    const { element, settle } = await renderPage(RolesPage, { api: api(), url: 'roles' });
    const rows = () => [...element.querySelectorAll('tbody tr:not(.group)')].map((row) => text(row).trim());
    expect(rows()).toHaveLength(2);
    expect(rows()[1]).toMatch(/Create, rotate and revoke API keys.*yes.*no.*no/);
    const box = element.querySelector<HTMLInputElement>('input[type=search]');
    if (!box) throw new Error('No search');
    box.value = 'rotate';
    box.dispatchEvent(new Event('input'));
    await settle();
    expect(rows()).toHaveLength(1);
    expect(text(element)).toContain('not yours to give');
    box.value = 'nothing like it';
    box.dispatchEvent(new Event('input'));
    await settle();
    expect(text(element)).toContain('No permission matches');
  });
});

describe('SuperAdminsPage', () => {
  const open = (rows: TeamMemberView[]) =>
    renderPage(SuperAdminsPage, {
      api: api().on('GET /v1/team', page(rows)),
      url: 'super-admins',
      scope: 'platform',
      staff: true,
    });

  it('keeps the last one, and says so', async () => {
    const { element, loader, documentLoader, api: called, settle } = await open([member({ roles: ['super_admin'] })]);
    expect(called.callsOf('GET /v1/team')[0]?.query).toMatchObject({ role: 'super_admin' });
    expect(text(element)).toContain('the last one cannot be disabled or removed');
    expect(text(element)).toContain('One super admin signs in without a second factor');
    await (await loader.getHarness(DataTableHarness)).act(0, 'Remove');
    await settle();
    expect(await documentLoader.getHarnessOrNull(ConfirmHarness)).toBeNull();
  });

  it('lets one of two go', async () => {
    const { element, loader, documentLoader } = await open([
      member({ second_factor: true }),
      member({ id: ME, second_factor: true }),
    ]);
    expect(element.querySelector('tg-banner')).toBeNull();
    await (await loader.getHarness(DataTableHarness)).act(0, 'Remove');
    expect(await (await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness))).title()).toBe('Remove Ben?');
  });
});

describe('refusals of changes', () => {
  it.each([
    ['last_owner', 'Make somebody else an owner first'],
    ['last_super_admin', 'Make somebody else one first'],
    ['role_not_assignable', 'permissions that you lack'],
    ['own_membership', 'Ask another owner or admin'],
    ['not_found', 'Gone'],
  ])('%s says what to do', (code, words) => {
    expect(refusalOf(new Problem({ status: 409, code, title: 'Gone' }))).toContain(words);
  });
});
