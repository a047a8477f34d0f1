import { HttpBackend, provideHttpClient, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ActiveScope, Network, Preferences, Session, apiInterceptor } from '@tollgate/console/platform';
import { FakeApi, fakeOrganization, fakeSession, page, problem } from '@tollgate/console/platform/testing';
import type { FakeSessionOptions } from '@tollgate/console/platform/testing';
import { Places } from '../places';
import { Forbidden } from './forbidden';
import { NotFound } from './not-found';
import { ObjectSearch } from './object-search';
import { Shell } from './shell';

const credits = (more: object = {}) => ({
  organization_id: fakeOrganization().id,
  balance: 1_284_500,
  held: 14_000,
  available: 1_270_500,
  low_balance_threshold: 100_000,
  low: false,
  burn: { window_days: 7, per_day: 61_250, days_left: 20.7 },
  as_of: '2026-11-22T12:00:00.000Z',
  ...more,
});

async function open(answers: Record<string, unknown> = {}, who: FakeSessionOptions = {}) {
  localStorage.clear();
  const api = new FakeApi({
    'GET /v1/session': fakeSession(who),
    'GET /v1/credits': credits(),
    'GET /v1/announcement': { announcement: null },
    ...answers,
  });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      { provide: HttpBackend, useValue: api },
      provideRouter(
        [
          {
            path: '',
            component: Shell,
            children: [
              {
                path: 'forbidden',
                component: Forbidden,
                data: { page: { label: 'Providers', permission: 'providers:read' } },
              },
              { path: '**', component: NotFound },
            ],
          },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  await TestBed.inject(Session).load();
  TestBed.inject(ActiveScope).enter(who.staff ? 'platform' : 'organization', fakeOrganization());
  const harness = await RouterTestingHarness.create('/somewhere');
  await harness.fixture.whenStable();
  const element = harness.fixture.nativeElement as HTMLElement;
  return {
    api,
    element,
    harness,
    loader: TestbedHarnessEnvironment.loader(harness.fixture),
    settle: () => harness.fixture.whenStable(),
    button: (label: string) =>
      [...document.querySelectorAll<HTMLElement>('button, a')].find(
        (one) => one.getAttribute('aria-label')?.startsWith(label) || one.textContent?.trim() === label,
      ),
  };
}

describe('The shell', () => {
  it('says where one is and offers the way elsewhere', async () => {
    const { button, settle } = await open();
    expect(button('Where you are: Acme')).toBeDefined();
    button('Where you are: Acme')?.click();
    await settle();
    expect([...document.querySelectorAll('.cdk-overlay-container .item span')].map((one) => one.textContent)).toEqual([
      'Acme',
      'You',
    ]);
  });

  it('lets staff search organizations on the server', async () => {
    const found = { ...fakeOrganization({ slug: 'beta', name: 'Beta' }), settings: { time_zone: 'UTC' } };
    const { api, button, settle } = await open({ 'GET /v1/organizations': page([found]) }, { staff: true });
    button('Where you are: Platform')?.click();
    await settle();
    const box = document.querySelector<HTMLInputElement>('.cdk-overlay-container input');
    if (box) box.value = 'bet';
    box?.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await settle();
    expect(api.callsOf('GET /v1/organizations').at(-1)?.query).toMatchObject({ q: 'bet' });
    expect(document.querySelector('.cdk-overlay-container .found')?.textContent).toContain('Beta');
  });

  it('shows the credits that are left, and warns when they are low', async () => {
    const { element, harness } = await open({ 'GET /v1/credits': credits({ available: 82_500, low: true }) });
    expect(element.querySelector('.pill')?.textContent).toContain('82.5');
    expect(element.querySelector('.pill')?.getAttribute('data-tone')).toBe('low');
    expect(harness.routeNativeElement).not.toBeNull();
  });

  it('says above every page that credits are low, and that none are left, with the way to them', async () => {
    const low = await open({ 'GET /v1/credits': credits({ available: 82_500, low: true }) });
    const banner = low.element.querySelector('tg-banner');
    expect(banner?.textContent).toContain('Credits are low: 82.5 are left, about 20 days at the present rate');
    expect(banner?.querySelector('a')?.getAttribute('href')).toBe('/o/acme/credits');
    TestBed.resetTestingModule();
    const none = await open({ 'GET /v1/credits': credits({ available: 0, low: true }) });
    expect(none.element.querySelector('tg-banner')?.textContent).toContain('live verifications are refused');
    TestBed.inject(ActiveScope).enter('me');
    await none.settle();
    expect(none.element.querySelector('tg-banner')).toBeNull();
  });

  it('tells everybody what the installation announces, after what is more pressing', async () => {
    const announced = { 'GET /v1/announcement': { announcement: 'Closed for an hour on Sunday' } };
    const calm = await open(announced);
    expect(calm.element.querySelector('tg-banner')?.textContent).toContain('Closed for an hour on Sunday');
    TestBed.resetTestingModule();
    const low = await open({ ...announced, 'GET /v1/credits': credits({ available: 82_500, low: true }) });
    expect(low.element.querySelector('tg-banner')?.textContent).toContain('Credits are low');
  });

  it('does not ask for credits that the role does not show', async () => {
    const { api } = await open({}, { permissions: ['metrics:read'] });
    expect(api.callsOf('GET /v1/credits')).toEqual([]);
  });

  it('changes theme and density from the account menu', async () => {
    const { loader, settle } = await open();
    const account = await loader.getHarness(MatMenuHarness.with({ selector: '[aria-label^="Account of"]' }));
    await account.clickItem({ text: 'Theme' }, { text: 'Dark' });
    await account.open();
    await account.clickItem({ text: 'Compact rows' });
    await settle();
    expect([TestBed.inject(Preferences).theme(), TestBed.inject(Preferences).density()]).toEqual(['dark', 'compact']);
  });

  it('says once, above everything, what everybody must know', async () => {
    const { element, settle } = await open();
    expect(element.querySelector('tg-banner')).toBeNull();
    TestBed.inject(ActiveScope).enter('organization', fakeOrganization({ status: 'suspended' }));
    await settle();
    expect(element.querySelector('tg-banner')?.textContent).toContain('Acme is suspended');
    TestBed.inject(Network).note(false);
    await settle();
    expect(element.querySelectorAll('tg-banner')).toHaveLength(1);
    expect(element.querySelector('tg-banner')?.textContent).toContain('cannot be reached');
    TestBed.inject(Network).note(true);
  });

  it('opens the palette by Ctrl K and finds pages and objects', async () => {
    const { settle, api } = await open({
      'GET /v1/search': {
        data: [{ type: 'application', id: 'app_1', label: 'Web shop', detail: 'active', organization_id: 'org_1' }],
      },
    });
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
    await import('./palette');
    await settle();
    const box = document.querySelector<HTMLInputElement>('tg-palette input');
    if (box) box.value = 'you';
    box?.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 250));
    await settle();
    expect(api.callsOf('GET /v1/search')[0]?.query).toEqual({ q: 'you' });
    expect(document.querySelector('tg-palette [role=listbox]')?.getAttribute('aria-label')).toBe('Results');
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    await settle();
    const options = [...document.querySelectorAll('tg-palette [role=option]')].map((one) => one.textContent ?? '');
    expect(options.some((text) => text.startsWith('You'))).toBe(true);
    expect(document.querySelector('tg-palette [aria-selected=true]')?.id).toBe(
      box?.getAttribute('aria-activedescendant'),
    );
  });

  it('explains its keys by a question mark, but not while somebody types', async () => {
    const { element, settle } = await open();
    const input = document.createElement('input');
    element.append(input);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    await settle();
    expect(document.querySelector('tg-keyboard-help')).toBeNull();
    element.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    await import('./keyboard-help');
    await settle();
    expect(document.querySelector('tg-keyboard-help')?.textContent).toContain('In a list');
  });

  it('covers the page when the session is gone, and uncovers it when it is back', async () => {
    const { element, settle, api, button } = await open();
    void TestBed.inject(Session).waitForReturn();
    await settle();
    const link = element.querySelector<HTMLAnchorElement>('tg-lost-session a');
    expect(link?.getAttribute('href')).toContain('/sign-in?return_to=');
    expect(link?.target).toBe('_blank');
    api.on('GET /v1/session', problem(401, 'missing_credentials'));
    button('I have signed in')?.click();
    await settle();
    expect(element.querySelector('tg-lost-session')?.textContent).toContain('Nobody is signed in yet');
    api.on('GET /v1/session', fakeSession());
    button('I have signed in')?.click();
    await settle();
    expect(element.querySelector('tg-lost-session')).toBeNull();
  });

  it('skips to the content', async () => {
    const { element } = await open();
    element.querySelector<HTMLElement>('.skip')?.click();
    expect(document.activeElement?.id).toBe('content');
  });

  it('says which permission a forbidden page takes', async () => {
    const { harness, element } = await open({}, { permissions: ['metrics:read'], roles: ['viewer'] });
    await harness.navigateByUrl('/forbidden');
    expect(element.textContent).toContain('Your role (viewer) does not include this (providers:read)');
  });
});

describe('Found objects', () => {
  it('lead to their page where the scope has one', async () => {
    await open({
      'GET /v1/search': {
        data: [
          { type: 'application', id: 'app_1', label: 'Web shop', detail: null, organization_id: 'org_1' },
          { type: 'request', id: 'req_1', label: 'req_1', detail: '422', organization_id: 'org_1' },
        ],
      },
    });
    const pages = ['applications', 'requests'].map((path) => ({ scope: 'organization', path }));
    Object.assign(TestBed.inject(Places), { pages: () => pages });
    expect((await TestBed.inject(ObjectSearch).search('x')).map((one) => one.link)).toEqual([
      '/o/acme/applications/app_1',
      '/o/acme/requests?open=req_1',
    ]);
  });

  it('are none when the server cannot answer', async () => {
    await open({ 'GET /v1/search': problem(503, 'unavailable') });
    expect(await TestBed.inject(ObjectSearch).search('x')).toEqual([]);
  });
});
