import { Readiness } from '@tollgate/api/database';
import { AUTHORIZED, SELECTABLE, thingsApp, type ThingsApp } from './testing/things';
import { ORIGIN, people, principal } from './testing/test-app';

describe('the access to a served endpoint', () => {
  let things: ThingsApp;

  beforeAll(async () => {
    things = await thingsApp();
  });

  afterAll(() => things.app.close());

  const post = (payload: string | Buffer, headers: Record<string, string> = AUTHORIZED) =>
    things.app.inject({ method: 'POST', url: '/v1/things', payload, headers });

  it('says what it wants when nobody is named', async () => {
    const answer = await things.app.inject({ method: 'POST', url: '/v1/things', payload: {} });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'missing_credentials']);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="tollgate"');
  });

  it.each(['Bearer bad', 'Basic Z29vZDo=', 'Bearer', ''])('refuses the credential %p', async (authorization) => {
    const answer = await things.app.inject({ url: '/v1/things', headers: { authorization } });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'invalid_api_key']);
    expect(answer.headers['www-authenticate']).toMatch(/error="invalid_token"/);
  });

  it('says what a strategy says', async () => {
    const answer = await things.app.inject({ url: '/v1/things', headers: { authorization: 'Bearer suspended' } });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'organization_suspended']);
  });

  it('checks the declared permission', async () => {
    const answer = await post('{"to":"a"}', { ...AUTHORIZED, authorization: 'Bearer reader' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'permission_denied']);
    expect(answer.json().required_permission).toBe('verifications:write');
  });

  describe('with a session', () => {
    const patch = (who: string, headers: Record<string, string> = { origin: ORIGIN }) =>
      things.app.inject({ method: 'PATCH', url: '/v1/things/1', headers: { cookie: `who=${who}`, ...headers } });

    it('lets a fresh sign-in of its own origin pass', async () => {
      expect((await patch('anna')).statusCode).toBe(204);
    });

    it('asks a sign-in of ten minutes ago to sign in again', async () => {
      expect((await patch('stale')).json().code).toBe('step_up_required');
    });

    it('lets no key through where somebody has to be signed in', async () => {
      expect((await things.app.inject({ method: 'PATCH', url: '/v1/things/1', headers: AUTHORIZED })).json().code).toBe(
        'permission_denied',
      );
    });

    it.each([
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${ORIGIN}.evil.example` },
      { origin: 'http://id.example.com' },
    ])('refuses an unsafe call from %p', async (headers) => {
      expect((await patch('anna', headers as Record<string, string>)).json().code).toBe('origin_not_allowed');
    });

    it('knows an ended session from none', async () => {
      expect((await patch('nobody')).json().code).toBe('invalid_session');
      const none = await things.app.inject({
        method: 'PATCH',
        url: '/v1/things/1',
        headers: { cookie: 'theme=dark', origin: ORIGIN },
      });
      expect(none.json().code).toBe('missing_credentials');
    });

    it('lets staff of the platform choose an organization, and nobody else', async () => {
      const named = SELECTABLE;
      expect((await patch('staff', { origin: ORIGIN, 'tollgate-organization': named })).statusCode).toBe(204);
      expect(people.get('seen')?.actingOrganizationId).toBe(named);
      expect(
        (await patch('staff', { origin: ORIGIN, 'tollgate-organization': `org_${'3'.repeat(26)}` })).statusCode,
      ).toBe(404);
      expect((await patch('anna', { origin: ORIGIN, 'tollgate-organization': named })).json().code).toBe(
        'organization_not_selectable',
      );
      const key = await things.app.inject({
        url: '/v1/things',
        headers: { ...AUTHORIZED, 'tollgate-organization': principal().organizationId },
      });
      expect(key.json().code).toBe('organization_not_selectable');
    });
  });

  it('moves the clock of test keys only, forward and at most a day', async () => {
    const shifted = (who: string, clock: string) =>
      things.app.inject({ url: '/v1/things', headers: { authorization: `Bearer ${who}`, 'test-clock': clock } });
    expect((await shifted('tester', '+601s')).statusCode).toBe(200);
    expect((await shifted('tester', '+86400s')).statusCode).toBe(200);
    for (const [who, clock] of [
      ['tester', '+86401s'],
      ['tester', '-5s'],
      ['tester', '601'],
      ['good', '+601s'],
    ] as const) {
      expect([clock, (await shifted(who, clock)).json().code]).toEqual([clock, 'invalid_test_clock']);
    }
  });

  it('refuses everybody while the process cannot know what was revoked', async () => {
    let problem: string | null = 'the cache is stale';
    things.app.get(Readiness).add('cache', () => problem);
    const refused = await things.app.inject({ url: '/v1/things', headers: AUTHORIZED });
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '1',
    ]);
    problem = null;
    expect((await things.app.inject({ url: '/v1/things', headers: AUTHORIZED })).statusCode).toBe(200);
  });

  it('answers 429 to more failed credentials from one address, and still lets good ones in', async () => {
    const attempt = () => things.app.inject({ url: '/v1/things', headers: { authorization: 'Bearer wrong' } });
    let answer = await attempt();
    for (let count = 0; count < 100 && answer.statusCode === 401; count += 1) answer = await attempt();
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'too_many_failed_authentications']);
    expect(answer.headers['ratelimit-policy']).toBe('"failed_authentication";q=60;w=300');
    expect((await things.app.inject({ url: '/v1/things', headers: AUTHORIZED })).statusCode).toBe(200);
  });
});
