import { jest } from '@jest/globals';
import { ENDPOINTS, type EndpointDeclaration } from '@tollgate/contracts';
import { onBothEngines, until } from '@tollgate/api/testing';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';
import { sampleBody } from './harness/sample-body';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(60_000);

const WITH_IDS = ENDPOINTS.filter((endpoint) => endpoint.path.includes('/:'));
/** Things of the installation, not of an organization: who may see them is said by permission alone. */
const OF_THE_PLATFORM = /^\/v1\/(providers|limits|fraud-rules|operation-prices|suppressions|settings)\b/;
/** Things of which the victim has none in this test, or that no list shows. */
const NOT_LISTED = /^\/(hooks|invite)\b|^\/v1\/(refusals|exports|guess-locks)\//;
/** Logs: they tell of the very attempts of this test. */
const LOGS = /^\/v1\/(audit|requests)\b/;
const NOT_SERVED = 404;
const PLATFORM = 'org_00000000000000000000000000';

/** An id that could be, and is not. */
const another = (id: string): string => id.slice(0, -12) + '0123456789AB';

/** What an answer says, without what differs between any two. */
function said({ status, body }: Answer): unknown {
  const { request_id: _request, instance: _instance, ...rest } = body;
  return { status, rest };
}

/** The first thing of the list that belongs to an organization, live or test. */
async function firstId(caller: Caller, list: string): Promise<string | null> {
  for (const query of ['', '?test=true']) {
    const { status, body } = await caller.call('GET', list + query);
    const rows = status === 200 ? ((body['data'] ?? []) as { id?: string; organization_id?: string | null }[]) : [];
    const own = rows.find((row) => row.organization_id !== null);
    if (own?.id !== undefined) return own.id;
  }
  return null;
}

onBothEngines((engine) => {
  describe('between organizations', () => {
    let demo: Demo;
    /** Staff of the platform, acting in the organization that is attacked. */
    let inVictim: Caller;
    let victimId: string;
    let attackers: Readonly<Record<string, Caller>>;

    beforeAll(async () => {
      demo = await startDemo({ engine });
      const victim = await demo.superAdmin.done('POST', '/v1/organizations', { name: 'Victim' });
      victimId = String(victim['id']);
      inVictim = demo.superAdmin.in(victimId);
      const application = await inVictim.done('POST', '/v1/applications', { name: 'Till', address_mode: 'any' });
      const path = `/v1/applications/${String(application['id'])}`;
      const scopes = [
        'verifications:read',
        'verifications:write',
        'factors:read',
        'factors:write',
        'test_messages:read',
      ];
      const key = await inVictim.done('POST', `${path}/keys`, { kind: 'test', name: 'Test', scopes });
      await inVictim.done('POST', `${path}/test-numbers`, {
        to: '+27821234567',
        code: '123456',
        ends_at: new Date(Date.now() + 3_600_000).toISOString(),
      });
      const keyed = demo.keyed(String(key['token']));
      await keyed.done('POST', '/v1/verifications', { to: '+27821234567', channel: 'sms' });
      await keyed.done('POST', '/v1/factors', { user_ref: 'someone' });
      // Written down a moment later, and no attacker's doing.
      await until(async () => (await inVictim.done('GET', path))['last_used_at'] !== null);
      const contents = { en: { text: 'Your code is {{code}}' } };
      const template = await inVictim.call('POST', '/v1/templates', { name: 'Own', channel: 'sms', contents });
      expect([201, NOT_SERVED]).toContain(template.status);
      await demo.superAdmin.done('POST', '/v1/me/factors', { name: 'Phone' });
      await inVictim.done('POST', '/v1/team/invitations', { email: 'invited@victim.example', roles: ['owner'] });
      attackers = {
        'the admin of another organization': demo.admin,
        'a test key of another organization': demo.keyed(demo.credentials.test_key),
        'a live key of another organization': demo.keyed(demo.credentials.live_key),
      };
    });
    afterAll(() => demo.server.close());

    /** The endpoint's path with ids of the victim, and with ids of nobody. Null when there is nothing to name. */
    async function pathsOf(endpoint: EndpointDeclaration): Promise<{ real: string; made: string } | null> {
      let real = '';
      let made = '';
      for (const part of endpoint.path.slice(1).split('/')) {
        if (!part.startsWith(':')) {
          real += `/${part}`;
          made += `/${part}`;
          continue;
        }
        // A new organization has only invited people: those of the platform are attacked in their place.
        const id = (await firstId(inVictim, real)) ?? (await firstId(demo.superAdmin.in(PLATFORM), real));
        if (id === null) return null;
        made = `${real}/${another(id)}`;
        real += `/${id}`;
      }
      return { real, made };
    }

    /** A declared endpoint may not have its handler yet; the day it has, it is in this test. */
    async function isServed(endpoint: EndpointDeclaration): Promise<boolean> {
      const answer = await demo.stranger.call(endpoint.method, endpoint.path.replace(/:\w+/g, 'x'));
      return answer.code !== 'route_not_found';
    }

    it('answers for the things of another as for things that there are not, at every endpoint of the contract', async () => {
      const untested: string[] = [];
      const tested: string[] = [];
      const leaks: unknown[] = [];
      for (const endpoint of WITH_IDS) {
        if (OF_THE_PLATFORM.test(endpoint.path) || NOT_LISTED.test(endpoint.path)) continue;
        const paths = await pathsOf(endpoint);
        if (paths === null) {
          if (await isServed(endpoint)) untested.push(endpoint.id);
          continue;
        }
        tested.push(endpoint.id);
        const body = sampleBody(endpoint);
        for (const [who, attacker] of Object.entries(attackers)) {
          const real = await attacker.call(endpoint.method, paths.real, body);
          const made = await attacker.call(endpoint.method, paths.made, body);
          if (real.status < 400 || JSON.stringify(said(real)) !== JSON.stringify(said(made))) {
            leaks.push({ endpoint: endpoint.id, who, real: said(real), made: said(made) });
          }
        }
      }
      expect(leaks).toEqual([]);
      // What nobody can name in this test is on a list that somebody looks at.
      expect(untested).toEqual([]);
      expect(tested.length).toBeGreaterThan(20);
    });

    it('changes nothing of another by trying every endpoint that changes something', async () => {
      const readable: string[] = [];
      for (const endpoint of WITH_IDS.filter(({ method, path }) => method === 'GET' && !LOGS.test(path))) {
        if (OF_THE_PLATFORM.test(endpoint.path) || NOT_LISTED.test(endpoint.path)) continue;
        const paths = await pathsOf(endpoint);
        if (paths !== null) readable.push(paths.real);
      }
      const state = () => Promise.all(readable.map(async (path) => [path, said(await inVictim.call('GET', path))]));
      const before = await state();
      for (const endpoint of WITH_IDS.filter(({ method }) => method !== 'GET')) {
        if (OF_THE_PLATFORM.test(endpoint.path) || NOT_LISTED.test(endpoint.path)) continue;
        const paths = await pathsOf(endpoint);
        if (paths === null) continue;
        for (const attacker of Object.values(attackers))
          await attacker.call(endpoint.method, paths.real, sampleBody(endpoint));
      }
      expect(await state()).toEqual(before);
    });

    it('shows no row of another in any list', async () => {
      const lists = ENDPOINTS.filter(
        ({ method, path, access }) => method === 'GET' && !path.includes(':') && typeof access === 'string',
      );
      for (const endpoint of lists) {
        for (const query of ['', '?test=true']) {
          const answer = await demo.admin.call('GET', endpoint.path + query);
          expect([endpoint.id, JSON.stringify(answer.body).includes(victimId)]).toEqual([endpoint.id, false]);
        }
      }
    });

    it('takes the organization from the credential, wherever else it is named', async () => {
      const header = { 'tollgate-organization': victimId };
      for (const attacker of Object.values(attackers)) {
        const answer = await attacker.with(header).call('GET', '/v1/verifications');
        expect(answer).toMatchObject({ status: 403, code: 'organization_not_selectable' });
      }
      const asked = await demo.admin.call('GET', `/v1/applications?organization_id=${victimId}`);
      expect(asked).toMatchObject({ status: 422, code: 'validation_failed' });
      const body = { name: 'Mine', address_mode: 'any', organization_id: victimId };
      expect(await demo.admin.call('POST', '/v1/applications', body)).toMatchObject({
        status: 422,
        code: 'validation_failed',
      });
    });
  });
});
