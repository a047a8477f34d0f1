import { HttpBackend, provideHttpClient, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { PERMISSIONS } from '@tollgate/contracts';
import { ActiveScope, Session, apiInterceptor } from '@tollgate/console/platform';
import { FakeApi, fakeOrganization, fakeSession, page } from '@tollgate/console/platform/testing';
import type { FakeSessionOptions } from '@tollgate/console/platform/testing';
import type { Routes } from '@angular/router';
import { AREAS } from './areas';
import { mount, mounted, pageOf } from './mount';
import { OrganizationFinder } from './organization-finder';
import { PAGES } from './pages';
import { Places } from './places';

async function signIn(who: FakeSessionOptions, api = new FakeApi()) {
  api.on('GET /v1/session', fakeSession(who));
  TestBed.configureTestingModule({
    providers: [provideHttpClient(withInterceptors([apiInterceptor])), { provide: HttpBackend, useValue: api }],
  });
  await TestBed.inject(Session).load();
  return { places: TestBed.inject(Places), api };
}

describe('The list of pages', () => {
  it('names each page once, with permissions that exist', () => {
    const keys = PAGES.map((one) => `${one.scope} ${one.path}`);
    expect(new Set(keys).size).toBe(keys.length);
    const unknown = PAGES.filter((one) => one.permission !== undefined && !(one.permission in PERMISSIONS));
    expect(unknown).toEqual([]);
  });

  it('has a place for every route of every area', () => {
    const scopes = ['me', 'organization', 'finance', 'platform'] as const;
    const lost = AREAS.flat().filter((route) => !scopes.some((scope) => pageOf(route, scope, PAGES)));
    expect(lost.map((route) => route.path)).toEqual([]);
  });
});

describe('Mounting areas', () => {
  const area: Routes = [
    { path: 'applications', children: [] },
    { path: 'applications/:id', children: [] },
    { path: 'settings', children: [], data: { scopes: ['platform'] } },
    { path: 'nowhere', children: [] },
  ];

  it('puts a route where its page is, with the page of the longest path', () => {
    const paths = mount('organization', [area], PAGES).map((route) => route.path);
    // Each with its explanation for those who lack the permission.
    expect(paths).toEqual(['applications', 'applications', 'applications/:id', 'applications/:id']);
    expect(mount('finance', [area], PAGES)).toEqual([]);
  });

  it('keeps a route to the scopes it names', () => {
    expect(mount('platform', [area], PAGES).map((route) => route.path)).toContain('settings');
  });

  it('shows only pages that have a route', () => {
    expect(mounted([area], PAGES).map((one) => `${one.scope}/${one.path}`)).toEqual([
      'organization/applications',
      'platform/applications',
      'platform/settings',
    ]);
  });
});

describe('Where somebody may go', () => {
  it('an owner: the own organization and oneself', async () => {
    const { places } = await signIn({ roles: ['owner'] });
    expect(places.places().map((place) => place.link)).toEqual(['/o/acme', '/me']);
    expect(places.home()).toBe('/o/acme');
    expect([places.mayEnter('platform'), places.mayEnter('finance')]).toEqual([false, false]);
  });

  it('a super admin: the platform, finance and oneself', async () => {
    const { places } = await signIn({ staff: true });
    expect(places.places().map((place) => place.link)).toEqual(['/platform', '/finance', '/me']);
    expect(places.home()).toBe('/platform');
  });

  it('finance starts in finance', async () => {
    const { places } = await signIn({ staff: true, roles: ['finance'] });
    expect(places.home()).toBe('/finance');
  });

  it('support does not see finance', async () => {
    const { places } = await signIn({ staff: true, roles: ['support'], permissions: ['organizations:read'] });
    expect(places.places().map((place) => place.link)).toEqual(['/platform', '/me']);
  });

  it('leaves out pages that the role does not show', async () => {
    const { places } = await signIn({ staff: true, permissions: ['metrics:read'] });
    expect(places.pagesOf('platform').some((one) => one.permission === 'settings:read')).toBe(false);
  });
});

describe('Finding an organization', () => {
  const other = {
    ...fakeOrganization({ id: 'org_2', slug: 'beta', name: 'Beta' }),
    settings: { time_zone: 'Asia/Kolkata' },
  };

  it('gives people their own without asking the server, and no other', async () => {
    const { api } = await signIn({});
    const finder = TestBed.inject(OrganizationFinder);
    expect((await finder.bySlug('acme'))?.name).toBe('Acme');
    expect(await finder.bySlug('beta')).toBeNull();
    expect(api.callsOf('GET /v1/organizations')).toEqual([]);
  });

  it('asks the server for staff, across organizations, and takes only the exact slug', async () => {
    const { api } = await signIn({ staff: true }, new FakeApi({ 'GET /v1/organizations': page([other]) }));
    TestBed.inject(ActiveScope).enter('organization', fakeOrganization());
    const finder = TestBed.inject(OrganizationFinder);
    expect(await finder.bySlug('bet')).toBeNull();
    expect(await finder.bySlug('beta')).toMatchObject({ id: 'org_2', time_zone: 'Asia/Kolkata' });
    expect(api.callsOf('GET /v1/organizations')[0]?.headers).not.toHaveProperty('tollgate-organization');
  });
});
