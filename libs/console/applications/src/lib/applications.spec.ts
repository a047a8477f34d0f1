import type { ApplicationSettingsView, ApplicationView, TestNumberView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage, soon } from '@tollgate/console/platform/testing';
import { ConfirmHarness, DataTableHarness, FormHarness, PageHeaderHarness } from '@tollgate/console/ui/testing';
import { applicationsRoutes } from '../index';
import { holdsAnyRange } from './any-range';
import { ApplicationPage } from './application';
import { ApplicationsPage } from './applications';
import { NewApplicationPage } from './new-application';
import { startSnippets } from './start-snippets';

const ID = 'app_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const ORG = 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZB';
const at = '2026-11-22T10:00:00.000Z';
const application = (more: Partial<ApplicationView> = {}): ApplicationView => ({
  id: ID,
  organization_id: ORG,
  name: 'Web shop',
  status: 'active',
  site_key: 'web-shop',
  base_url: 'https://shop.example',
  allowed_origins: [],
  address_mode: 'listed',
  allowed_addresses: ['203.0.113.7/32'],
  open_to_any_address: false,
  active_keys: { live: 1, test: 2 },
  last_used_at: null,
  version: 3,
  created_at: at,
  updated_at: at,
  ...more,
});
const settings: ApplicationSettingsView = {
  application_id: ID,
  code: { length: 6, ttl_s: 600, max_checks: 5 },
  templates: { sms: 'tpl_old' },
  allowed_countries: null,
  daily_spend_cap: 5000,
  fraud_guard: 'enforce',
  web_domain: null,
  android_hash: null,
  locale: 'en',
  version: 7,
};
const testNumber: TestNumberView = {
  id: 'tst_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  application_id: ID,
  to: '+2782•••4567',
  code: '424242',
  note: 'Store review',
  ends_at: '2026-12-22T10:00:00.000Z',
  expired: false,
  created_at: at,
  created_by: 'Thandi',
};
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
const press = (element: Element, words: string) => {
  const found = [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words));
  if (!found) throw new Error(`No button ${words}`);
  found.click();
};
const READER = { permissions: ['applications:read', 'keys:read'], roles: ['viewer'] } as const;

describe('ApplicationsPage', () => {
  const PATCH = 'PATCH /v1/applications/:id';
  const api = () =>
    new FakeApi({
      'GET /v1/applications': page([application(), application({ id: 'app_2', name: 'Any', address_mode: 'any' })]),
      [PATCH]: application({ version: 4 }),
    });

  it('lists them with their keys and who may call, asking by the address', async () => {
    const rendered = await renderPage(ApplicationsPage, { api: api(), url: 'applications?f.address_mode=listed' });
    const table = await rendered.loader.getHarness(DataTableHarness);
    expect((await table.rows()).map((row) => row.slice(0, 4))).toEqual([
      ['Web shop', 'Active', '1 live, 2 test', '1 listed'],
      ['Any', 'Active', '1 live, 2 test', 'Any'],
    ]);
    expect(rendered.api.callsOf('GET /v1/applications')[0]?.query).toMatchObject({ address_mode: 'listed' });
  });

  it('names the organization of each where it spans all', async () => {
    const { loader } = await renderPage(ApplicationsPage, {
      api: api(),
      url: 'applications',
      scope: 'platform',
      staff: true,
    });
    expect((await (await loader.getHarness(DataTableHarness)).headers())[1]).toBe('Organization');
  });

  it('disables one at once, with the version it read', async () => {
    const { loader, api: called, settle } = await renderPage(ApplicationsPage, { api: api(), url: 'applications' });
    await (await loader.getHarness(DataTableHarness)).act(0, 'Disable');
    await settle();
    expect(called.callsOf(PATCH)[0]?.body).toEqual({ version: 3, status: 'disabled' });
  });

  it('leaves readers the list, and no way to register', async () => {
    const { element } = await renderPage(ApplicationsPage, { api: api(), url: 'applications', ...READER });
    expect(element.querySelector('a[tgRequires]')?.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('NewApplicationPage', () => {
  const POST = 'POST /v1/applications';
  const open = async (answer: unknown = application(), options: Partial<Parameters<typeof renderPage>[1]> = {}) => {
    const api = new FakeApi({
      [POST]: answer,
      'GET /v1/organizations': page([{ id: ORG, name: 'Acme', slug: 'acme' }]),
    });
    const rendered = await renderPage(NewApplicationPage, { api, url: 'applications/new', ...options });
    return { ...rendered, form: await rendered.loader.getHarness(FormHarness) };
  };

  it('never guesses who may call: it has to be chosen', async () => {
    const { form, api, element, settle } = await open();
    await form.fill('Name', 'Web shop');
    await form.submit();
    await settle();
    expect(api.callsOf(POST)).toHaveLength(0);
    expect(text(element.querySelector('tg-choice-field') ?? element)).toContain('Choose one of these');
  });

  it('says that an empty list answers to nobody, and sends the list that is given', async () => {
    const { form, api, element, settle, url } = await open();
    await form.fill('Name', 'Web shop');
    await form.toggle('Only listed addresses');
    expect(text(element)).toContain('live keys answer to nobody');
    await form.fill('Allowed addresses', '203.0.113.7');
    await form.submit();
    await settle();
    expect(api.callsOf(POST)[0]?.body).toEqual({
      name: 'Web shop',
      address_mode: 'listed',
      base_url: null,
      allowed_addresses: ['203.0.113.7'],
      confirm_any_range: false,
    });
    expect(url()).toBe(`/applications/${ID}/keys`);
  });

  it('wants a range of everybody said twice', async () => {
    const { form, api, settle } = await open();
    await form.fill('Name', 'Web shop');
    await form.toggle('Only listed addresses');
    await form.fill('Allowed addresses', '0.0.0.0/0');
    await form.toggle('I mean every address');
    await form.submit();
    await settle();
    expect(api.callsOf(POST)[0]?.body).toMatchObject({ confirm_any_range: true });
    expect(['::/0', '10.0.0.0/8'].map((range) => holdsAnyRange([range]))).toEqual([true, false]);
  });

  it('asks staff for the organization and registers it there', async () => {
    const { form, api, element, settle } = await open(application(), { scope: 'platform', staff: true });
    const box = element.querySelector<HTMLInputElement>('tg-lookup-field input');
    box?.dispatchEvent(new Event('focus'));
    await settle();
    element.querySelector('tg-lookup-field li')?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    await form.fill('Name', 'Web shop');
    await form.toggle('Any address');
    await form.submit();
    await settle();
    const [call] = api.callsOf(POST);
    expect(call?.headers['tollgate-organization']).toBe(ORG);
    expect(call?.body).toEqual({ name: 'Web shop', address_mode: 'any', base_url: null });
  });

  it('puts what the server refuses at its field and keeps the rest', async () => {
    const { form, settle } = await open(
      problem(422, 'invalid_address_range', 'Not an address', {
        issues: [{ path: 'allowed_addresses', message: '300.1.1.1 is no address' }],
      }),
    );
    await form.fill('Name', 'Web shop');
    await form.toggle('Only listed addresses');
    await form.fill('Allowed addresses', '300.1.1.1');
    await form.submit();
    await settle();
    expect(await form.error('Allowed addresses')).toBe('300.1.1.1 is no address');
    expect(await form.value('Name')).toBe('Web shop');
  });
});

describe('ApplicationPage', () => {
  const children = applicationsRoutes.find((route) => route.path === 'applications/:id')?.children ?? [];
  const value = { value: 10, numerator: 10, denominator: null };
  const metrics = { started: value, verification_rate: value, credits: value };
  const api = (more: Partial<ApplicationView> = {}) =>
    new FakeApi({
      'GET /v1/applications/:id': application(more),
      'GET /v1/applications/:id/settings': settings,
      'GET /v1/applications/:id/test-numbers': page([testNumber]),
      'GET /v1/metrics/summary': { metrics, previous: metrics },
      'GET /v1/metrics/timeseries': { series: [{ group: null, points: [value, value] }] },
      'GET /v1/templates': page([
        { id: 'verification.sms', name: 'Verification', channel: 'sms', built_in: true, secret: true },
        { id: 'tpl_2', name: 'Short', channel: 'sms', built_in: false, secret: true },
        { id: 'tpl_3', name: 'Low balance', channel: 'email', built_in: false, secret: false },
      ]),
    });
  const open = (tab: string, options: Partial<Parameters<typeof renderPage>[1]> = {}) =>
    renderPage(ApplicationPage, {
      api: api(),
      url: `applications/${ID}/${tab}`,
      path: 'applications/:id',
      children,
      ...options,
    });

  it('shows ids, the last seven days with their rows, and a first call against this installation', async () => {
    const { element, api: called, settle } = await open('overview');
    await settle();
    expect(text(element)).toMatch(/web-shop.*203\.0\.113\.7\/32.*1 live, 2 test/);
    expect(called.callsOf('GET /v1/metrics/timeseries')[0]?.query).toMatchObject({ application_id: ID, bucket: 'day' });
    expect(element.querySelector('tg-metric a')?.getAttribute('href')).toBe(
      `/o/acme/verifications?f.application_id=${ID}`,
    );
    expect(element.querySelector('tg-snippet pre')?.textContent).toContain('/v1/verifications');
    expect(startSnippets('https://t.example').every((one) => one.code.includes('YOUR_KEY'))).toBe(true);
  });

  it('names the organization it belongs to where the page spans all, with the way there', async () => {
    const { element, settle } = await open('overview', {
      api: api().on('GET /v1/organizations/:id', { id: ORG, name: 'Acme', slug: 'acme' }),
      scope: 'platform',
      staff: true,
    });
    await settle();
    const link = [...element.querySelectorAll('dd a')].find((one) => one.textContent === 'Acme');
    expect(link?.getAttribute('href')).toBe(`/platform/organizations/${ORG}`);
  });

  it('hides from readers what they may not even read', async () => {
    const { loader, settle } = await open('overview', { permissions: ['applications:read'] });
    await settle();
    expect(await (await loader.getHarness(PageHeaderHarness)).tabs()).toEqual([
      'Overview',
      'Settings',
      'Network',
      'Danger',
    ]);
  });

  it('warns where live keys answer to nobody', async () => {
    const { element } = await open('overview', { api: api({ allowed_addresses: [] }) });
    expect(text(element)).toContain('live keys answer to nobody');
  });

  describe('settings', () => {
    const PATCH = 'PATCH /v1/applications/:id/settings';
    const forms = async (options: Partial<Parameters<typeof renderPage>[1]> = {}) => {
      const rendered = await open('settings', options);
      await rendered.settle();
      const [general, verification] = await rendered.loader.getAllHarnesses(FormHarness);
      if (!general || !verification) throw new Error('Two forms expected');
      return { ...rendered, general, verification };
    };

    it('saves the code, its templates and countries with the version of the settings', async () => {
      const { verification, api: called, settle } = await forms({ api: api().on(PATCH, { ...settings, version: 8 }) });
      await verification.fill('Lifetime', '120');
      await verification.choose('SMS template', 'Short');
      await verification.fill('Allowed countries', 'ZA');
      await verification.submit();
      await settle();
      expect(called.callsOf(PATCH)[0]?.body).toEqual({
        version: 7,
        code: { length: 6, ttl_s: 120, max_checks: 5 },
        templates: { sms: 'tpl_2' },
        allowed_countries: ['ZA'],
        daily_spend_cap: 5000,
        fraud_guard: 'enforce',
        web_domain: null,
        android_hash: null,
        locale: 'en',
      });
    });

    it('reads the application again after its settings were saved, because one version counts for both', async () => {
      const { verification, api: called, settle } = await forms({ api: api().on(PATCH, { ...settings, version: 8 }) });
      await verification.fill('Lifetime', '120');
      await verification.submit();
      await settle();
      expect(called.callsOf('GET /v1/applications/:id')).toHaveLength(2);
    });

    it('keeps what is chosen among the choices, and offers only templates that carry a code', async () => {
      const { element } = await forms();
      const options = [...element.querySelectorAll('tg-select-field')].map((one) => text(one));
      expect(options[0]).toMatch(/Built-in.*Verification \(built-in\).*Short.*tpl_old/);
      expect(options[1]).not.toContain('Low balance');
    });

    it('refuses by the contract, at the field', async () => {
      const { verification, api: called } = await forms();
      await verification.fill('Length', '3');
      expect(await verification.error('Length')).toBe('Give 4 or more');
      await verification.fill('Android hash', 'short');
      expect(await verification.error('Android hash')).toBe('Must be the 11 characters of the SMS Retriever hash');
      await verification.submit();
      expect(called.callsOf(PATCH)).toHaveLength(0);
    });

    it('saves the name apart, and lets one choose when somebody was first', async () => {
      const broken = api().on('PATCH /v1/applications/:id', problem(409, 'version_conflict', 'Changed'));
      const { general, settle } = await forms({ api: broken });
      await general.fill('Name', 'Mine');
      await general.submit();
      await settle();
      expect(await general.message()).toContain('Somebody else changed this');
      expect(await general.value('Name')).toBe('Mine');
    });

    it('is read-only for readers, with the reason', async () => {
      const { general, verification } = await forms(READER);
      expect(await general.isDisabled('Name')).toBe(true);
      expect(await verification.message()).toContain('Your role (viewer) does not include this');
    });
  });

  describe('network', () => {
    it('asks the API whether an address may call', async () => {
      const verdict = { address: '198.51.100.1', allowed: false, reason: 'no_range_matched', matched_range: null };
      const {
        loader,
        element,
        api: called,
        settle,
      } = await open('network', {
        api: api().on('POST /v1/applications/:id/address-test', verdict),
      });
      const [, test] = await loader.getAllHarnesses(FormHarness);
      await test?.fill('Address', '198.51.100.1');
      await test?.submit();
      await settle();
      expect(called.callsOf('POST /v1/applications/:id/address-test')[0]?.body).toEqual({ address: '198.51.100.1' });
      expect(text(element.querySelector('tg-address-test') ?? element)).toMatch(
        /Refused\s*: 198\.51\.100\.1, no listed range holds it/,
      );
    });

    it('saves the list, and shows it as the server normalized it', async () => {
      const PATCH = 'PATCH /v1/applications/:id';
      const {
        loader,
        element,
        api: called,
        settle,
      } = await open('network', {
        api: api().on(PATCH, application({ version: 4, allowed_addresses: ['10.0.0.0/8'] })),
      });
      const form = await loader.getHarness(FormHarness);
      await form.fill('Allowed addresses', '10.1.2.3/8');
      await form.submit();
      await settle();
      expect(called.callsOf(PATCH)[0]?.body).toEqual({
        version: 3,
        address_mode: 'listed',
        allowed_addresses: ['203.0.113.7/32', '10.1.2.3/8'],
        confirm_any_range: false,
      });
      expect(text(element.querySelector('tg-list-field') ?? element)).toContain('10.0.0.0/8');
    });
  });

  describe('test numbers', () => {
    it('adds one that ends in the days chosen', async () => {
      const POST = 'POST /v1/applications/:id/test-numbers';
      const { element, loader, api: called, settle } = await open('test-numbers', { api: api().on(POST, testNumber) });
      press(element, 'Add test number');
      await settle();
      const form = await loader.getHarness(FormHarness);
      await form.fill('Phone number or mailbox', '+27821234567');
      await form.fill('Code', '424242');
      await form.choose('Works for', '7 days');
      await form.submit();
      await settle();
      expect(called.callsOf(POST)[0]?.body).toEqual({
        to: '+27821234567',
        code: '424242',
        ends_at: '2026-11-29T11:59:00.000Z',
      });
      expect(called.callsOf('GET /v1/applications/:id/test-numbers')).toHaveLength(2);
    });

    it('asks for them without pages, which their endpoint does not know', async () => {
      const { api: called } = await open('test-numbers');
      expect(called.callsOf('GET /v1/applications/:id/test-numbers')[0]?.query).toEqual({});
    });

    it('removes one after saying what follows', async () => {
      const DELETE = 'DELETE /v1/applications/:id/test-numbers/:number_id';
      const { loader, documentLoader, api: called } = await open('test-numbers', { api: api().on(DELETE, null) });
      await (await loader.getHarness(DataTableHarness)).act(0, 'Remove');
      await (await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness))).confirm();
      expect((await soon(() => called.callsOf(DELETE)[0])).params['number_id']).toBe(testNumber.id);
    });
  });

  describe('danger', () => {
    it('disables after saying how many keys stop', async () => {
      const PATCH = 'PATCH /v1/applications/:id';
      const {
        element,
        documentLoader,
        api: called,
        settle,
      } = await open('danger', {
        api: api().on(PATCH, application({ status: 'disabled', version: 4 })),
      });
      press(element, 'Disable application');
      const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
      expect(await dialog.text()).toContain('1 live and 2 test keys');
      await dialog.confirm();
      expect((await soon(() => called.callsOf(PATCH)[0])).body).toEqual({ version: 3, status: 'disabled' });
      await settle();
      expect(text(element)).toContain('This application is disabled');
    });

    it('deletes only with the site key typed', async () => {
      const DELETE = 'DELETE /v1/applications/:id';
      const { element, documentLoader, api: called, url } = await open('danger', { api: api().on(DELETE, null) });
      press(element, 'Delete application');
      const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
      await dialog.confirm();
      expect(await dialog.complaint()).toBe('Type web-shop exactly');
      await dialog.type('web-shop');
      await dialog.confirm();
      await soon(() => called.callsOf(DELETE)[0]);
      await soon(() => (url() === '/o/acme/applications' ? true : null));
      expect(called.callsOf(DELETE)).toHaveLength(1);
    });
  });
});
