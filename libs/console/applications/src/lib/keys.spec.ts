import type { KeyView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage, soon } from '@tollgate/console/platform/testing';
import { ConfirmHarness, DataTableHarness, FormHarness, SecretHarness } from '@tollgate/console/ui/testing';
import { applicationsRoutes } from '../index';
import { ApiKeysPage } from './api-keys';
import { ApplicationPage } from './application';

const APP = 'app_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const at = '2026-11-22T10:00:00.000Z';
const key = (more: Partial<KeyView> = {}): KeyView => ({
  id: 'key_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  organization_id: 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  application_id: APP,
  application_name: 'Web shop',
  kind: 'live',
  name: 'Checkout',
  hint: 'tg_live_…x7Qa',
  scopes: ['verifications:write'],
  allowed_addresses: null,
  status: 'active',
  expires_at: null,
  last_used_at: null,
  last_used_address: null,
  replaced_by: null,
  replaces: null,
  revoked_at: null,
  created_at: at,
  created_by: 'Thandi',
  ...more,
});
const press = (element: Element, words: string) =>
  [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words))?.click();
const CREATE = 'POST /v1/applications/:id/keys';
const ROTATE = 'POST /v1/keys/:id/rotate';
const REVOKE = 'POST /v1/keys/:id/revoke';
const TOKEN = 'tg_live_secretsecret';

describe('ApiKeysPage', () => {
  const api = () =>
    new FakeApi({
      'GET /v1/keys': page([key(), key({ id: 'key_2', name: 'Old', status: 'revoked' })]),
      'GET /v1/applications': page([{ id: APP, name: 'Web shop', site_key: 'web-shop' }]),
      [CREATE]: key({ kind: 'test', ...{ token: TOKEN } }),
      [ROTATE]: { ...key(), token: TOKEN },
      [REVOKE]: key({ status: 'revoked' }),
    });
  const open = (options: Partial<Parameters<typeof renderPage>[1]> = {}) =>
    renderPage(ApiKeysPage, { api: api(), url: 'api-keys', ...options });

  it('lists keys of all applications by their hints, never a token', async () => {
    const { loader, api: called } = await open({ url: 'api-keys?f.kind=live&q=check' });
    const table = await loader.getHarness(DataTableHarness);
    expect((await table.rows())[0]?.slice(0, 5)).toEqual(['Checkout', 'Web shop', 'Live', 'tg_live_…x7Qa', 'Active']);
    expect(called.callsOf('GET /v1/keys')[0]?.query).toMatchObject({ kind: 'live', q: 'check' });
  });

  it('creates one for the chosen application and shows its token once, behind a gate', async () => {
    const { element, loader, documentLoader, api: called, settle } = await open();
    press(element, 'Create key');
    await settle();
    const form = await loader.getHarness(FormHarness);
    await form.fill('Name', 'Checkout');
    await form.submit();
    await settle();
    expect(await form.error('Application')).toBe('Choose the application it belongs to');
    element.querySelector('tg-lookup-field input')?.dispatchEvent(new Event('focus'));
    await settle();
    element.querySelector('tg-lookup-field li')?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    await form.choose('Expires', 'In 30 days');
    const sent = form.submit();
    const secret = await soon(() => documentLoader.getHarnessOrNull(SecretHarness));
    expect(await secret.secrets()).toEqual([TOKEN]);
    await secret.done();
    expect(await secret.complaint()).toContain('Store it first');
    await secret.confirmStored();
    await secret.done();
    await sent;
    await soon(() => called.callsOf('GET /v1/keys')[1]);
    const [call] = called.callsOf(CREATE);
    expect(call?.params['id']).toBe(APP);
    expect(call?.body).toEqual({
      kind: 'test',
      name: 'Checkout',
      scopes: ['verifications:read', 'verifications:write'],
      expires_at: '2026-12-22T12:00:00.000Z',
    });
    expect(call?.headers['idempotency-key']).toBeTruthy();
    await settle();
    expect(document.body.textContent).not.toContain(TOKEN);
  });

  it('keeps what was typed when the server refuses', async () => {
    const refused = api().on(CREATE, problem(409, 'too_many_keys', 'This application has as many keys as it may'));
    const { element, loader, settle } = await open({ api: refused });
    press(element, 'Create key');
    await settle();
    element.querySelector('tg-lookup-field input')?.dispatchEvent(new Event('focus'));
    await settle();
    element.querySelector('tg-lookup-field li')?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    const form = await loader.getHarness(FormHarness);
    await form.fill('Name', 'Checkout');
    await form.submit();
    await settle();
    expect(await form.message()).toContain('as many keys as it may');
    expect(await form.value('Name')).toBe('Checkout');
  });

  it('rotates with the overlap that is chosen', async () => {
    const { loader, documentLoader, api: called, settle } = await open();
    await (await loader.getHarness(DataTableHarness)).act(0, 'Rotate');
    await settle();
    const form = await loader.getHarness(FormHarness);
    await form.choose('The old key works for', '7 days');
    const sent = form.submit();
    const secret = await soon(() => documentLoader.getHarnessOrNull(SecretHarness));
    expect(await secret.secrets()).toEqual([TOKEN]);
    await secret.confirmStored();
    await secret.done();
    await sent;
    await soon(() => called.callsOf('GET /v1/keys')[1]);
    expect(called.callsOf(ROTATE)[0]?.body).toEqual({ overlap_s: 604_800 });
  });

  it('revokes after saying that it is for good', async () => {
    const { loader, documentLoader, api: called } = await open();
    await (await loader.getHarness(DataTableHarness)).act(0, 'Revoke');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.text()).toContain('refused within a second, for good');
    await dialog.confirm();
    await soon(() => called.callsOf('GET /v1/keys')[1]);
    expect(called.callsOf(REVOKE)).toHaveLength(1);
  });

  it('does nothing with a key that is gone', async () => {
    const { loader, element, documentLoader, settle } = await open();
    const table = await loader.getHarness(DataTableHarness);
    await table.act(1, 'Rotate');
    await table.act(1, 'Revoke');
    await settle();
    expect(element.querySelector('tg-rotate-key')).toBeNull();
    expect(await documentLoader.getHarnessOrNull(ConfirmHarness)).toBeNull();
  });

  it('changes nothing for readers', async () => {
    const { element, loader, api: called, settle } = await open({ permissions: ['keys:read'] });
    press(element, 'Create key');
    await settle();
    expect(element.querySelector('tg-create-key')).toBeNull();
    await (await loader.getHarness(DataTableHarness)).act(0, 'Revoke');
    await settle();
    expect(called.callsOf(REVOKE)).toHaveLength(0);
  });
});

describe('Keys of one application', () => {
  it('are listed and made without asking for it', async () => {
    const api = new FakeApi({
      'GET /v1/applications/:id': { id: APP, name: 'Web shop', status: 'active', address_mode: 'any' },
      'GET /v1/applications/:id/keys': page([key()]),
    });
    const { element, loader, settle } = await renderPage(ApplicationPage, {
      api,
      url: `applications/${APP}/keys`,
      path: 'applications/:id',
      children: applicationsRoutes.find((route) => route.path === 'applications/:id')?.children ?? [],
    });
    await settle();
    expect((await (await loader.getHarness(DataTableHarness)).headers())[1]).toBe('Kind');
    press(element, 'Create key');
    await settle();
    expect(element.querySelector('tg-create-key tg-lookup-field')).toBeNull();
    expect(element.querySelector('tg-create-key')).not.toBeNull();
  });
});
