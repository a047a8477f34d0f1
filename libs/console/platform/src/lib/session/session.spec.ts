import { HttpBackend, provideHttpClient, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import {
  ActiveScope,
  Api,
  Mode,
  Network,
  Permissions,
  Preferences,
  Session,
  StepUp,
  apiInterceptor,
} from '../../index';
import { FakeApi, fakeOrganization, fakeSession, problem } from '../../testing';
import type { FakeSessionOptions } from '../../testing';
import { createApplication, getApplication, listApplications } from '@tollgate/contracts';

const APP = 'app_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const READ = 'GET /v1/applications/:id';
const read = { params: { id: APP } };
const turn = () => new Promise((resolve) => setTimeout(resolve));

async function start(answers: Record<string, unknown> = {}, who: FakeSessionOptions = {}) {
  const api = new FakeApi({ 'GET /v1/session': fakeSession(who), ...answers });
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      { provide: HttpBackend, useValue: api },
    ],
  });
  const session = TestBed.inject(Session);
  await session.load();
  return { api, session, client: TestBed.inject(Api) };
}

describe('A call of the API', () => {
  beforeEach(() => sessionStorage.clear());

  it('makes an idempotency key for endpoints that take one, and none for others', async () => {
    const { api, client } = await start({ 'POST /v1/applications': { id: APP }, [READ]: { id: APP } });
    await client.call(createApplication, { body: { name: 'Shop', address_mode: 'any' } as never });
    await client.call(getApplication, read);
    const [post, get] = [api.callsOf('POST /v1/applications')[0], api.callsOf(READ)[0]];
    expect(get?.headers).not.toHaveProperty('idempotency-key');
    expect(post?.headers['idempotency-key'] === undefined).toBe(createApplication.idempotency === undefined);
  });

  it('asks for test traffic only where the endpoint knows it', async () => {
    const { client } = await start();
    TestBed.inject(Mode).choose(true);
    const withTest = { ...listApplications, query: { shape: { test: {} } } } as unknown as typeof listApplications;
    expect(client.urlOf(withTest, {})).toBe('/v1/applications?test=true');
    expect(client.urlOf(getApplication, read)).toBe(`/v1/applications/${APP}`);
  });

  it('waits for somebody to sign in again when the session is gone, and then goes on', async () => {
    const { api, session, client } = await start({ [READ]: problem(401, 'invalid_session') });
    const answer = client.call(getApplication, read);
    await turn();
    expect(session.lost()).toBe(true);
    api.on(READ, { id: APP });
    expect(await session.resume()).toBe(true);
    expect(await answer).toEqual({ id: APP });
    expect(session.lost()).toBe(false);
  });

  it('stays waiting while nobody has signed in', async () => {
    const { api, session, client } = await start({ [READ]: problem(401, 'invalid_session') });
    void client.call(getApplication, read).catch(() => undefined);
    await turn();
    api.on('GET /v1/session', problem(401, 'missing_credentials'));
    expect(await session.resume()).toBe(false);
    expect(session.lost()).toBe(true);
  });

  it('gives up after signing in again did not help, instead of asking for ever', async () => {
    const { session, client } = await start({ [READ]: problem(401, 'invalid_session') });
    const answer = client.call(getApplication, read);
    await turn();
    await session.resume();
    await expect(answer).rejects.toMatchObject({ status: 401 });
  });

  it('asks to prove again who it is, and repeats the call once', async () => {
    let proven = false;
    const { client, api } = await start({ [READ]: () => (proven ? { id: APP } : problem(403, 'step_up_required')) });
    const stepUp = TestBed.inject(StepUp);
    stepUp.prove = () => Promise.resolve((proven = true));
    expect(await client.call(getApplication, read)).toEqual({ id: APP });
    expect(api.callsOf(READ)).toHaveLength(2);
  });

  it('fails as the server said when it was not proven', async () => {
    const { client } = await start({ [READ]: problem(403, 'step_up_required') });
    TestBed.inject(StepUp).prove = () => Promise.resolve(false);
    await expect(client.call(getApplication, read)).rejects.toMatchObject({ code: 'step_up_required' });
  });

  it('notes when the line is lost and when it is back', async () => {
    const { client, api } = await start({ [READ]: problem(0, 'x') });
    const network = TestBed.inject(Network);
    await expect(client.call(getApplication, read)).rejects.toMatchObject({ isOffline: true });
    expect(network.offline()).toBe(true);
    api.on(READ, { id: APP });
    await client.call(getApplication, read);
    expect(network.offline()).toBe(false);
  });
});

describe('The session', () => {
  it('is null when nobody is signed in', async () => {
    const { session, api } = await start();
    api.on('GET /v1/session', problem(401, 'missing_credentials'));
    expect(await session.load()).toBeNull();
  });

  it('says what somebody may do, and why not', async () => {
    await start({}, { permissions: ['applications:read'], roles: ['viewer'] });
    const permissions = TestBed.inject(Permissions);
    expect(permissions.can('applications:read')).toBe(true);
    expect(permissions.refusal('applications:read')).toBeNull();
    expect(permissions.refusal('applications:write')).toContain('Your role (viewer)');
  });

  it('needs no proof while one is fresh', async () => {
    await start();
    expect(await TestBed.inject(StepUp).ensure()).toBe(true);
  });
});

describe('The scope', () => {
  it('names an organization in the header only for staff who may choose', async () => {
    await start({}, { staff: true });
    const scope = TestBed.inject(ActiveScope);
    scope.enter('organization', fakeOrganization());
    expect([scope.header(), scope.root()]).toEqual([fakeOrganization().id, '/o/acme']);
    scope.enter('platform');
    expect([scope.header(), scope.root(), scope.organizationId()]).toEqual([null, '/platform', null]);
  });

  it('sends nothing for people of the organization itself', async () => {
    await start();
    const scope = TestBed.inject(ActiveScope);
    scope.enter('organization', fakeOrganization());
    expect(scope.header()).toBeNull();
  });
});

describe('Preferences', () => {
  afterEach(() => localStorage.clear());

  it('are kept in this browser and shown on the document', async () => {
    await start();
    const preferences = TestBed.inject(Preferences);
    preferences.change({ theme: 'dark', density: 'compact' });
    TestBed.tick();
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' });
    expect(JSON.parse(localStorage.getItem('tollgate.preferences') ?? '{}')).toMatchObject({ theme: 'dark' });
    preferences.change({ theme: 'system' });
    TestBed.tick();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('survive a record that somebody broke', async () => {
    localStorage.setItem('tollgate.preferences', '{broken');
    await start();
    expect(TestBed.inject(Preferences).theme()).toBe('system');
  });
});
