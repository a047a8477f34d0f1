import type { OrganizationView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage, soon } from '@tollgate/console/platform/testing';
import { ConfirmHarness, DataTableHarness, FormHarness, PageHeaderHarness } from '@tollgate/console/ui/testing';
import { organizationsRoutes } from '../index';
import { NewOrganizationPage } from './new-organization';
import { OrganizationPage } from './organization';
import { OrganizationsPage } from './organizations';
import { OwnSettingsPage } from './own-settings';
import { slugOf } from './slug-of';

const ID = 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const at = '2026-11-22T10:00:00.000Z';
const organization = (more: Partial<OrganizationView> = {}): OrganizationView => ({
  id: ID,
  slug: 'acme',
  name: 'Acme',
  status: 'active',
  country: 'ZA',
  built_in: false,
  suspended_at: null,
  suspension_reason: null,
  settings: {
    time_zone: 'Africa/Johannesburg',
    locale: 'en',
    low_balance_threshold: 100_500,
    daily_spend_cap: null,
    refund_undelivered: true,
    destination_retention_days: 90,
    message_retention_days: 30,
    request_log_retention_days: 30,
  },
  version: 4,
  created_at: at,
  updated_at: at,
  ...more,
});
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
const PLATFORM = { scope: 'platform', staff: true } as const;

describe('OrganizationsPage', () => {
  const api = () => new FakeApi({ 'GET /v1/organizations': page([organization()]) });

  it('lists every organization and asks by what the address says', async () => {
    const rendered = await renderPage(OrganizationsPage, {
      ...PLATFORM,
      api: api(),
      url: 'organizations?q=ac&f.status=active',
    });
    const table = await rendered.loader.getHarness(DataTableHarness);
    expect(await table.rows()).toEqual([['Acme', 'acme', 'Active', 'ZA', 'Africa/Johannesburg', '2 hours ago']]);
    expect(rendered.api.callsOf('GET /v1/organizations')[0]?.query).toMatchObject({ q: 'ac', status: 'active' });
  });

  it('suspends only with the slug typed and a reason', async () => {
    const suspended = api().on('POST /v1/organizations/:id/suspend', organization({ status: 'suspended' }));
    const { loader, documentLoader, settle } = await renderPage(OrganizationsPage, {
      ...PLATFORM,
      api: suspended,
      url: 'organizations',
    });
    await (await loader.getHarness(DataTableHarness)).act(0, 'Suspend');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    await dialog.confirm();
    expect(await dialog.complaint()).toBe('Say why, in a few words');
    await dialog.because('Unpaid since May');
    await dialog.type('acme');
    await dialog.confirm();
    const call = await soon(() => suspended.callsOf('POST /v1/organizations/:id/suspend')[0]);
    expect(call.body).toEqual({ reason: 'Unpaid since May' });
    await settle();
    expect(suspended.callsOf('GET /v1/organizations')).toHaveLength(2);
  });

  it('shows finance the list with its acts off', async () => {
    const { element, loader } = await renderPage(OrganizationsPage, {
      scope: 'finance',
      staff: true,
      api: api(),
      url: 'organizations',
      permissions: ['organizations:read'],
    });
    expect(element.querySelector('a[tgRequires]')?.getAttribute('aria-disabled')).toBe('true');
    expect(await (await loader.getHarness(DataTableHarness)).rowCount()).toBe(1);
  });
});

describe('NewOrganizationPage', () => {
  const open = async (answer: unknown) => {
    const api = new FakeApi({ 'POST /v1/organizations': answer });
    const rendered = await renderPage(NewOrganizationPage, { ...PLATFORM, api, url: 'organizations/new' });
    return { ...rendered, form: await rendered.loader.getHarness(FormHarness) };
  };

  it('suggests the slug while the name is typed, until somebody writes another', async () => {
    const { form } = await open(organization());
    await form.fill('Name', 'Café Über (Pty) Ltd');
    expect(await form.value('Slug')).toBe('cafe-uber-pty-ltd');
    await form.fill('Slug', 'cafe');
    await form.fill('Name', 'Another');
    expect(await form.value('Slug')).toBe('cafe');
  });

  it('creates it and goes to it', async () => {
    const { form, api, settle, url } = await open(organization());
    await form.fill('Name', 'Acme');
    await form.fill('Country', 'ZA');
    await form.submit();
    await settle();
    expect(api.callsOf('POST /v1/organizations')[0]?.body).toEqual({
      name: 'Acme',
      slug: 'acme',
      country: 'ZA',
      settings: { time_zone: 'UTC' },
    });
    expect(url()).toBe(`/organizations/${ID}`);
  });

  it('says at the slug that it is taken, and keeps what was typed', async () => {
    const { form, settle } = await open(problem(409, 'slug_taken', 'Another one has this slug', { param: 'slug' }));
    await form.fill('Name', 'Acme');
    await form.submit();
    await settle();
    expect(await form.error('Slug')).toBe('Another one has this slug');
    expect(await form.value('Name')).toBe('Acme');
  });

  it.each([
    ['Acme', 'acme'],
    ['  A & B  ', 'a-b'],
    ['Ab', ''],
    ['漢字', ''],
    ['x'.repeat(60), 'x'.repeat(48)],
  ])('makes of %s the slug %s', (name, slug) => expect(slugOf(name)).toBe(slug));
});

describe('OrganizationPage', () => {
  const children = organizationsRoutes.find((route) => route.path === 'organizations/:id')?.children ?? [];
  const latency = { count: 1, p50_ms: 1, p95_ms: 1, p99_ms: 1 };
  const value = { value: 10, numerator: 10, denominator: null };
  const metrics = Object.fromEntries(
    ['started', 'validated', 'verification_rate', 'unused_rate', 'sms_success_rate', 'credits'].map((n) => [n, value]),
  );
  const api = (more: Partial<OrganizationView> = {}) =>
    new FakeApi({
      'GET /v1/organizations/:id': organization(more),
      'GET /v1/metrics/summary': { metrics, previous: metrics, delivery_latency: latency },
      'GET /v1/credits': {
        available: 900_000,
        held: 0,
        low: true,
        burn: { window_days: 7, per_day: 1000, days_left: 900 },
      },
      'GET /v1/credits/entries': page([]),
      'GET /v1/team': page([]),
      'GET /v1/applications': page([
        { id: 'app_1', name: 'Shop', status: 'active', active_keys: { live: 1, test: 2 } },
      ]),
      'GET /v1/audit': page([
        {
          id: 'aud_1',
          at,
          actor: { kind: 'session', id: 'usr_1', label: 'Thandi' },
          action: 'organization.updated',
          outcome: 'success',
          target: { type: 'organization', id: ID, label: 'Acme' },
          changes: [{ field: 'name', before: 'Old', after: 'Acme' }],
          reason: null,
        },
      ]),
    });
  const open = (tab: string, options: Partial<Parameters<typeof renderPage>[1]> = {}) =>
    renderPage(OrganizationPage, {
      ...PLATFORM,
      api: api(),
      url: `organizations/${ID}/${tab}`,
      path: 'organizations/:id',
      children,
      ...options,
    });

  it('shows its facts, balance and numbers, read in that organization', async () => {
    const { element, api: called, settle } = await open('overview');
    await settle();
    expect(text(element)).toMatch(/Africa\/Johannesburg.*900.*900 days/);
    expect(called.callsOf('GET /v1/credits')[0]?.headers['tollgate-organization']).toBe(ID);
    expect(called.callsOf('GET /v1/metrics/summary')[0]?.query).toEqual({
      from: '2026-10-23T12:00:00.000Z',
      to: '2026-11-22T12:00:00.000Z',
    });
  });

  it('asks only for what the role may see, and has no tabs for the rest', async () => {
    const { loader, api: called, settle } = await open('overview', { permissions: ['organizations:read'] });
    await settle();
    expect(await (await loader.getHarness(PageHeaderHarness)).tabs()).toEqual(['Overview', 'Settings']);
    expect(called.calls.map((call) => call.path)).toEqual([`/v1/organizations/${ID}`]);
  });

  it.each([
    ['people', 'GET /v1/team', 'Invite the owner'],
    ['applications', 'GET /v1/applications', '/platform/applications/app_1'],
    ['credits', 'GET /v1/credits/entries', 'Grant or adjust'],
    ['activity', 'GET /v1/audit', 'organization.updated'],
  ])('reads %s in that organization', async (tab, endpoint, shown) => {
    const { element, api: called, settle } = await open(tab);
    await settle();
    expect(called.callsOf(endpoint)[0]?.headers['tollgate-organization']).toBe(ID);
    expect(element.innerHTML).toContain(shown);
  });

  it('shows beside the activity what an event changed', async () => {
    const { element, settle } = await open('activity?open=aud_1');
    await settle();
    expect(text(element.querySelector('tg-side-sheet') ?? element)).toMatch(/Thandi.*Old.*Acme/);
  });

  it('says since when and why it is suspended, and reactivates it', async () => {
    const suspended = api({ status: 'suspended', suspended_at: at, suspension_reason: 'Unpaid' }).on(
      'POST /v1/organizations/:id/reactivate',
      organization(),
    );
    const { element, documentLoader, settle } = await open('overview', { api: suspended });
    await settle();
    expect(text(element)).toContain('Unpaid');
    [...element.querySelectorAll('button')].find((one) => one.textContent.includes('Reactivate'))?.click();
    await (await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness))).confirm();
    await soon(() => suspended.callsOf('POST /v1/organizations/:id/reactivate')[0]);
    await settle();
    expect(text(element)).not.toContain('Unpaid');
  });

  it('does not offer to suspend the organization of the staff', async () => {
    const { element, settle } = await open('settings', { api: api({ built_in: true }) });
    await settle();
    expect(text(element)).not.toContain('Suspend');
  });
});

describe('OwnSettingsPage', () => {
  const PATCH = 'PATCH /v1/organizations/:id';
  const open = async (options: Partial<Parameters<typeof renderPage>[1]> = {}) => {
    const api = new FakeApi({ 'GET /v1/organizations/:id': organization(), [PATCH]: organization({ version: 5 }) });
    const rendered = await renderPage(OwnSettingsPage, { api, url: 'settings', ...options });
    return { ...rendered, api: options.api ?? api, form: await rendered.loader.getHarness(FormHarness) };
  };

  it('shows credits as credits and sends milli-credits with the version, without the rule that is not theirs', async () => {
    const { form, api, settle } = await open();
    expect(await form.value('Low-balance threshold')).toBe('100.5');
    await form.fill('Daily spend cap', '0.1');
    await form.submit();
    await settle();
    expect(api.callsOf(PATCH)[0]?.body).toEqual({
      version: 4,
      name: 'Acme',
      slug: 'acme',
      country: 'ZA',
      settings: {
        time_zone: 'Africa/Johannesburg',
        locale: 'en',
        low_balance_threshold: 100_500,
        daily_spend_cap: 100,
        destination_retention_days: 90,
        message_retention_days: 30,
        request_log_retention_days: 30,
      },
    });
  });

  it('refuses by the contract before anything is sent', async () => {
    const { form, api } = await open();
    await form.fill('Messages', '0');
    expect(await form.error('Messages')).toBe('Give 1 or more');
    await form.submit();
    expect(api.callsOf(PATCH)).toHaveLength(0);
  });

  it('lets an owner choose when somebody else was first', async () => {
    const { form, api, settle } = await open();
    api.on(PATCH, problem(409, 'version_conflict', 'Changed meanwhile'));
    api.on('GET /v1/organizations/:id', organization({ name: 'Theirs', version: 9 }));
    await form.fill('Name', 'Mine');
    await form.submit();
    await settle();
    expect(await form.message()).toContain('Somebody else changed this');
    api.on(PATCH, organization({ name: 'Mine', version: 10 }));
    await form.resolve('mine');
    await settle();
    expect(api.callsOf(PATCH).at(-1)?.body).toMatchObject({ version: 9, name: 'Mine' });
  });

  it('is read-only for everybody but owners, and says why', async () => {
    const { form } = await open({ permissions: ['organizations:read'], roles: ['admin'] });
    expect(await form.isDisabled('Low-balance threshold')).toBe(true);
    expect(await form.message()).toContain('Your role (admin) does not include this');
  });

  it('says that the settings could not be read, and reads again', async () => {
    const broken = new FakeApi({ 'GET /v1/organizations/:id': problem(503, 'unavailable', 'Try again shortly') });
    const { element } = await renderPage(OwnSettingsPage, { api: broken, url: 'settings' });
    expect(text(element)).toContain('Try again shortly');
  });
});
