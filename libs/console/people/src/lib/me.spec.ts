import { TestBed } from '@angular/core/testing';
import { Preferences } from '@tollgate/console/platform';
import { FakeApi, page, problem, renderPage, soon } from '@tollgate/console/platform/testing';
import { ConfirmHarness, DataTableHarness, FormHarness, SecretHarness } from '@tollgate/console/ui/testing';
import type { FactorView, MeView, MySessionView } from '@tollgate/contracts';
import { passwordRules } from './password-rules';
import { PreferencesPage } from './preferences';
import { ProfilePage } from './profile';
import { SecurityPage } from './security';
import { SessionsPage } from './sessions';

const at = '2026-11-22T10:00:00.000Z';
const me = (more: Partial<MeView> = {}): MeView => ({
  id: 'usr_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  organization_id: 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  email: 'thandi@example.com',
  name: 'Thandi Mokoena',
  first_name: null,
  last_name: null,
  locale: null,
  time_zone: 'UTC',
  second_factor: false,
  recovery_codes_remaining: 0,
  password_changed_at: at,
  created_at: at,
  last_sign_in_at: at,
  version: 3,
  ...more,
});
const factor = (more: Partial<FactorView> = {}): FactorView => ({
  id: 'fct_1',
  kind: 'totp',
  name: 'Authenticator',
  status: 'active',
  created_at: at,
  activated_at: at,
  last_used_at: null,
  ...more,
});
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
const press = (element: Element, words: string) =>
  [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words))?.click();

describe('ProfilePage', () => {
  const PATCH = 'PATCH /v1/me';
  const open = async (answer: unknown) => {
    const rendered = await renderPage(ProfilePage, {
      api: new FakeApi({ 'GET /v1/me': me(), [PATCH]: answer }),
      url: 'profile',
      scope: 'me',
    });
    return { ...rendered, form: await rendered.loader.getHarness(FormHarness) };
  };

  it('saves the name with the version, and the account menu hears of it', async () => {
    const { form, api, settle } = await open(me({ name: 'Thandi M', version: 4 }));
    await form.fill('Shown name', 'Thandi M');
    await form.submit();
    await settle();
    expect(api.callsOf(PATCH)[0]?.body).toEqual({
      name: 'Thandi M',
      first_name: null,
      last_name: null,
      locale: null,
      time_zone: 'UTC',
      version: 3,
    });
    expect(api.callsOf('GET /v1/session')).toHaveLength(1);
  });

  it('says why the address stays, and refuses a locale that is none', async () => {
    const { form, element, api } = await open(me());
    expect(text(element)).toContain('You sign in with it, so it stays');
    await form.fill('Locale', 'English');
    expect(await form.error('Locale')).toBe('Must be a language tag such as en or pt-BR');
    await form.submit();
    expect(api.callsOf(PATCH)).toHaveLength(0);
  });

  it('keeps mine when another window was first', async () => {
    const { form, api, settle } = await open(problem(409, 'version_conflict', 'Changed meanwhile'));
    await form.fill('Shown name', 'Mine');
    api.on('GET /v1/me', me({ name: 'Theirs', version: 8 }));
    await form.submit();
    await settle();
    api.on(PATCH, me({ name: 'Mine', version: 9 }));
    await form.resolve('mine');
    await settle();
    expect(api.callsOf(PATCH).at(-1)?.body).toMatchObject({ name: 'Mine', version: 8 });
  });
});

describe('SecurityPage', () => {
  const START = 'POST /v1/me/factors';
  const ACTIVATE = 'POST /v1/me/factors/:id/activate';
  const open = async (answers: Record<string, unknown> = {}) => {
    const api = new FakeApi({
      'GET /v1/me': me(),
      'GET /v1/me/factors': { data: [] },
      [START]: {
        factor: factor({ status: 'pending' }),
        secret: 'JBSWY3DPEHPK3PXP',
        otpauth_uri: 'otpauth://totp/x',
        qr: { size: 29, path: 'M0 0h1v1h-1z' },
      },
      ...answers,
    });
    return renderPage(SecurityPage, { api, url: 'security', scope: 'me' });
  };
  const formOf = async (loader: Awaited<ReturnType<typeof open>>['loader'], label: string) => {
    for (const form of await loader.getAllHarnesses(FormHarness)) {
      if ((await form.submitLabel()) === label) return form;
    }
    throw new Error(`No form ${label}`);
  };

  it('sets up an authenticator: QR, secret by hand, first code, recovery keys behind a gate', async () => {
    const keys = ['aaaa-bbbb', 'cccc-dddd'];
    const { element, loader, documentLoader, api, settle } = await open({
      [ACTIVATE]: { factor: factor(), recovery_codes: keys },
    });
    expect(text(element)).toContain('rests on your password alone');
    press(element, 'Set up authenticator');
    await settle();
    expect(element.querySelector('svg.qr path')?.getAttribute('d')).toBe('M0 0h1v1h-1z');
    expect(text(element)).toContain('JBSW Y3DP EHPK 3PXP');
    const form = await formOf(loader, 'Activate authenticator');
    await form.fill('Code that the app shows', '123456');
    const sent = form.submit();
    const secret = await soon(() => documentLoader.getHarnessOrNull(SecretHarness));
    expect(await secret.secrets()).toEqual(keys);
    await secret.done();
    expect(await secret.complaint()).toContain('Store it first');
    await secret.confirmStored();
    await secret.done();
    await sent;
    await soon(() => api.callsOf('GET /v1/me')[1]);
    await settle();
    expect(api.callsOf(ACTIVATE)[0]).toMatchObject({ params: { id: 'fct_1' }, body: { code: '123456' } });
    expect(element.querySelector('tg-set-up-authenticator')).toBeNull();
    expect(document.body.textContent).not.toContain('aaaa-bbbb');
  });

  it('says at the code that it is wrong, and stays', async () => {
    const { element, loader, settle } = await open({
      [ACTIVATE]: problem(422, 'wrong_factor_code', 'This code is not right', { param: 'code' }),
    });
    press(element, 'Set up authenticator');
    await settle();
    const form = await formOf(loader, 'Activate authenticator');
    await form.fill('Code that the app shows', '000000');
    await form.submit();
    await settle();
    expect(await form.error('Code that the app shows')).toBe('This code is not right');
    expect(element.querySelector('svg.qr')).not.toBeNull();
  });

  it('removes an authenticator in use only with both proofs', async () => {
    const REMOVE = 'POST /v1/me/factors/:id/remove';
    const { element, loader, api, settle } = await open({
      'GET /v1/me/factors': { data: [factor()] },
      'GET /v1/me': me({ second_factor: true, recovery_codes_remaining: 2 }),
      [REMOVE]: null,
    });
    expect(text(element)).toContain('2 of 10 are left. Make new ones');
    press(element, 'Remove');
    await settle();
    const form = await formOf(loader, 'Remove authenticator');
    await form.fill('Password', 'correct horse');
    await form.submit();
    await settle();
    expect(await form.error('Code or recovery key')).toBe('Fill this in');
    await form.fill('Code or recovery key', '123456');
    await form.submit();
    await settle();
    expect(api.callsOf(REMOVE)[0]?.body).toEqual({ password: 'correct horse', code: '123456' });
  });

  it('makes new recovery keys after saying that the old ones stop', async () => {
    const RENEW = 'POST /v1/me/recovery-codes';
    const { element, documentLoader, api } = await open({
      'GET /v1/me': me({ second_factor: true, recovery_codes_remaining: 8 }),
      [RENEW]: { recovery_codes: ['eeee-ffff'] },
    });
    press(element, 'Make new recovery keys');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.text()).toContain('stop working at once');
    await dialog.confirm();
    const secret = await soon(() => documentLoader.getHarnessOrNull(SecretHarness));
    expect(await secret.secrets()).toEqual(['eeee-ffff']);
    expect(api.callsOf(RENEW)).toHaveLength(1);
    await secret.confirmStored();
    await secret.done();
    await soon(() => api.callsOf('GET /v1/me')[1]);
  });

  it('answers the rules of a password while it is typed, and shows the last word of the server at it', async () => {
    const CHANGE = 'POST /v1/me/password';
    const { element, loader, settle } = await open({
      [CHANGE]: problem(422, 'password_too_weak', 'Too weak', { param: 'new_password', detail: 'It is guessed first' }),
    });
    const form = await formOf(loader, 'Change password');
    await form.fill('Present password', 'old password of mine');
    await form.fill('New password', 'short');
    expect(await form.error('New password')).toBe('Must have 12 to 256 characters');
    await form.fill('New password', 'winter lamp ordinary');
    expect(element.querySelectorAll('.rules .met')).toHaveLength(4);
    await form.submit();
    await settle();
    expect(await form.error('New password')).toBe('It is guessed first');
  });

  it('forgets both passwords once they are changed', async () => {
    const { loader, api, settle } = await open({ 'POST /v1/me/password': null });
    const form = await formOf(loader, 'Change password');
    await form.fill('Present password', 'old password of mine');
    await form.fill('New password', 'winter lamp ordinary');
    await form.submit();
    await settle();
    expect(api.callsOf('POST /v1/me/password')).toHaveLength(1);
    expect([await form.value('Present password'), await form.value('New password')]).toEqual(['', '']);
  });
});

describe('The rules of a password', () => {
  const met = (password: string, current = '', known: string[] = []) =>
    passwordRules(password, current, known).map((rule) => rule.met);

  it.each([
    ['', [false, false, false, false]],
    ['aaaaaaaaaaaaaaa', [true, false, true, true]],
    ['lamp', [false, false, true, true]],
    ['thandi is my name', [true, true, false, true]],
    ['winter lamp ordinary', [true, true, true, true]],
  ])('of “%s”', (password, expected) => expect(met(password, '', ['Thandi Mokoena'])).toEqual(expected));

  it('count characters as people do, and want another than the present one', () => {
    expect(met('🙂🙃😀😁😂🤣😃😄😅😆😉😊', '')[0]).toBe(true);
    expect(met('winter lamp ordinary', 'winter lamp ordinary')[3]).toBe(false);
  });
});

describe('SessionsPage', () => {
  const session = (more: Partial<MySessionView> = {}): MySessionView => ({
    id: 'ses_1',
    current: true,
    device: 'Firefox on Linux',
    address: '203.0.113.7',
    methods: ['password', 'totp'],
    assurance_level: 2,
    created_at: at,
    last_seen_at: at,
    expires_at: '2026-11-29T10:00:00.000Z',
    ...more,
  });
  const open = (rows: MySessionView[]) =>
    renderPage(SessionsPage, {
      api: new FakeApi({
        'GET /v1/me/sessions': page(rows),
        'DELETE /v1/me/sessions': { ended: 1 },
        'DELETE /v1/me/sessions/:id': null,
      }),
      url: 'sessions',
      scope: 'me',
    });
  const OTHER = session({ id: 'ses_2', current: false, device: 'Chrome on Android', methods: ['password'] });

  it('marks this session, which is not ended here', async () => {
    const { loader, documentLoader } = await open([session(), OTHER]);
    const table = await loader.getHarness(DataTableHarness);
    expect((await table.rows()).map((row) => row.slice(0, 3))).toEqual([
      ['Firefox on Linux This session', '203.0.113.7', 'Password and Authenticator'],
      ['Chrome on Android', '203.0.113.7', 'Password'],
    ]);
    await table.act(0, 'End session');
    expect(await documentLoader.getHarnessOrNull(ConfirmHarness)).toBeNull();
  });

  it('ends another after asking', async () => {
    const { loader, documentLoader, api } = await open([session(), OTHER]);
    await (await loader.getHarness(DataTableHarness)).act(1, 'End session');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.title()).toBe('End the session on Chrome on Android?');
    await dialog.confirm();
    expect((await soon(() => api.callsOf('DELETE /v1/me/sessions/:id')[0])).params['id']).toBe('ses_2');
  });

  it('ends all others, if there are any', async () => {
    const { element, documentLoader, api } = await open([session(), OTHER]);
    press(element, 'End all others');
    const dialog = await soon(() => documentLoader.getHarnessOrNull(ConfirmHarness));
    expect(await dialog.text()).toContain('One session ends at once. This one stays.');
    await dialog.confirm();
    await soon(() => api.callsOf('GET /v1/me/sessions')[1]);
    expect(api.callsOf('DELETE /v1/me/sessions')).toHaveLength(1);
  });

  it('offers nothing to end where this is the only one', async () => {
    const { element } = await open([session()]);
    expect(element.querySelector<HTMLButtonElement>('.acts button')?.disabled).toBe(true);
  });
});

describe('PreferencesPage', () => {
  afterEach(() => localStorage.clear());

  it('applies at once and keeps it in this browser', async () => {
    const { element, settle } = await renderPage(PreferencesPage, { url: 'preferences', scope: 'me' });
    const choose = async (words: string) => {
      const label = [...element.querySelectorAll('label.choice')].find((one) => one.textContent.includes(words));
      label?.querySelector('input')?.click();
      await settle();
    };
    await choose('Dark');
    await choose('Compact');
    const preferences = TestBed.inject(Preferences);
    expect([preferences.theme(), preferences.density(), preferences.timeZone()]).toEqual(['dark', 'compact', null]);
    expect(localStorage.getItem('tollgate.preferences')).toContain('"theme":"dark"');
  });
});
