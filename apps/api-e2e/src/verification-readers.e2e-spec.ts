import { jest } from '@jest/globals';
import { onBothEngines } from '@tollgate/api/testing';
import { startDemo, type Caller, type Demo } from './harness/demo';
import { joinTeam } from './harness/join-team';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

type Body = Readonly<Record<string, unknown>>;

onBothEngines((engine) => {
  describe('people and verifications', () => {
    let demo: Demo;
    let live: { id: string; to: string };
    let test: { id: string; to: string };

    beforeAll(async () => {
      demo = await startDemo({ engine });
      const begin = async (token: string, to: string) => {
        const started = await demo.keyed(token).done('POST', '/v1/verifications', { to, client: { user_ref: 'u' } });
        return { id: String(started['id']), to };
      };
      live = await begin(demo.credentials.live_key, '+27845000020');
      test = await begin(demo.credentials.test_key, '+27845000021');
    });
    afterAll(() => demo.server.close());

    const ids = async (caller: Caller, query = ''): Promise<unknown[]> =>
      ((await caller.done('GET', `/v1/verifications${query}`))['data'] as Body[]).map((row) => row['id']);
    const path = (): string => `/v1/verifications/${live.id}`;

    it('an organization admin sees both kinds, with the whole timeline, and changes nothing', async () => {
      expect(await ids(demo.admin)).toEqual([live.id]);
      expect(await ids(demo.admin, '?test=true')).toEqual([test.id]);
      expect(await ids(demo.admin, `?to=${encodeURIComponent(live.to)}`)).toEqual([live.id]);
      expect(await ids(demo.admin, '?status=approved')).toEqual([]);
      const detail = await demo.admin.done('GET', path());
      expect((detail['timeline'] as Body[]).map((entry) => entry['kind'])).toEqual(
        expect.arrayContaining(['requested', 'guard', 'credits', 'send']),
      );
      for (const act of ['check', 'resend', 'cancel']) {
        const body = act === 'check' ? { code: '000000' } : {};
        expect(await demo.admin.call('POST', `${path()}/${act}`, body)).toMatchObject({
          status: 403,
          code: 'permission_denied',
        });
      }
      const started = await demo.admin.call('POST', '/v1/verifications', { to: live.to });
      expect(started).toMatchObject({ status: 403, code: 'permission_denied' });
    });

    it('an organization admin reads the test inbox, and never a live code', async () => {
      const inbox = await demo.admin.done('GET', '/v1/test/messages');
      expect((inbox['data'] as Body[]).map((message) => message['verification_id'])).toEqual([test.id]);
      expect(JSON.stringify(await demo.admin.done('GET', path()))).not.toMatch(/"code":"\d/);
    });

    it('who may reveal a destination sees it, and the look stands in the audit log', async () => {
      const reveal = (caller: Caller) => caller.call('POST', `${path()}/reveal-destination`);
      expect(await reveal(demo.admin)).toMatchObject({ status: 200, body: { to: live.to } });
      const { data } = await demo.admin.done('GET', '/v1/audit?action=destination.revealed');
      expect(JSON.stringify(data)).toContain(live.id);
      expect(JSON.stringify(data)).not.toContain(live.to);
      expect(await reveal(demo.keyed(demo.credentials.live_key))).toMatchObject({ status: 403 });
    });

    it('staff of the platform see all organizations, or the one that they name', async () => {
      expect(await ids(demo.superAdmin)).toContain(live.id);
      expect(await ids(demo.superAdmin.in(demo.credentials.organization_id))).toEqual([live.id]);
      const other = await demo.superAdmin.done('POST', '/v1/organizations', { name: 'Other' });
      const inOther = demo.superAdmin.in(String(other['id']));
      expect(await ids(inOther)).toEqual([]);
      expect(await inOther.call('GET', path())).toMatchObject({ status: 404, code: 'verification_not_found' });
      const { data } = await demo.superAdmin.done('GET', `/v1/search?q=${live.id}`);
      expect(data).toMatchObject([{ type: 'verification', id: live.id }]);
    });

    it('finance, billing and strangers do not see them', async () => {
      const finance = await joinTeam(demo, ['finance']);
      expect(await finance.call('GET', '/v1/verifications')).toMatchObject({ status: 403, code: 'permission_denied' });
      expect(await demo.stranger.call('GET', path())).toMatchObject({ status: 401, code: 'missing_credentials' });
    });

    it('a code is shown to nobody by the list, the detail, the search and the messages of a live key', async () => {
      const texts = await Promise.all(
        [path(), '/v1/verifications', `/v1/search?q=${live.id}`, '/v1/messages'].map(async (url) =>
          JSON.stringify(await demo.superAdmin.done('GET', url)),
        ),
      );
      for (const text of texts) expect(text).not.toMatch(/"code":"\d{4,10}"/);
    });
  });
});
