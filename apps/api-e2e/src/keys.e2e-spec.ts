import { jest } from '@jest/globals';
import { redisServerUrl, onBothEngines } from '@tollgate/api/testing';
import { startDemo, type Answer, type Caller, type Demo } from './harness/demo';
import { startServer } from './harness/server';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(60_000);

const START = { to: '+27821234567', channel: 'sms' };

onBothEngines((engine) => {
  describe('API keys', () => {
    let demo: Demo;
    beforeAll(async () => {
      demo = await startDemo({ engine });
    });
    afterAll(() => demo.server.close());

    const newKey = async (more: object = {}): Promise<{ id: string; token: string }> => {
      const path = `/v1/applications/${demo.credentials.application_id}/keys`;
      const wanted = { kind: 'test', name: 'Spec', scopes: ['verifications:read', 'verifications:write'], ...more };
      const made = await demo.admin.done('POST', path, wanted);
      return { id: String(made['id']), token: String(made['token']) };
    };
    const list = (caller: Caller): Promise<Answer> => caller.call('GET', '/v1/verifications');

    it('start verifications, and do what their scopes say and no more', async () => {
      const { token } = await newKey();
      expect(await demo.keyed(token).call('POST', '/v1/verifications', START)).toMatchObject({
        status: 201,
        body: { test: true },
      });
      const reader = demo.keyed((await newKey({ scopes: ['verifications:read'] })).token);
      expect(await list(reader)).toMatchObject({ status: 200 });
      expect(await reader.call('POST', '/v1/verifications', START)).toMatchObject({
        status: 403,
        code: 'permission_denied',
      });
      expect(await reader.call('GET', '/v1/applications')).toMatchObject({ status: 403, code: 'permission_denied' });
    });

    it('that are malformed, unknown or revoked get one and the same answer', async () => {
      const { id, token } = await newKey();
      await demo.admin.done('POST', `/v1/keys/${id}/revoke`, {});
      const unknown = await newKey();
      const answers = await Promise.all(
        ['nonsense', `${unknown.token.slice(0, -1)}!`, token].map((each) => list(demo.keyed(each))),
      );
      const [first] = answers.map(({ status, body: { request_id: _id, instance: _instance, ...rest } }) => ({
        status,
        rest,
      }));
      for (const { status, body } of answers) {
        const { request_id: _id, instance: _instance, ...rest } = body;
        expect({ status, rest }).toEqual(first);
      }
      expect(first).toMatchObject({ status: 401, rest: { code: 'invalid_api_key' } });
    });

    it('are taken from nowhere but the Authorization header', async () => {
      const { token } = await newKey();
      expect(await demo.stranger.call('GET', `/v1/verifications?key=${token}`)).toMatchObject({
        status: 401,
        code: 'missing_credentials',
      });
      expect(await list(demo.stranger.with({ 'x-api-key': token }))).toMatchObject({
        status: 401,
        code: 'missing_credentials',
      });
      expect(await list(demo.stranger.with({ authorization: `Basic ${token}` }))).toMatchObject({
        status: 401,
        code: 'invalid_api_key',
      });
    });

    it('are rotated with both working, and are in no log and no later answer', async () => {
      const old = await newKey();
      const next = await demo.admin.done('POST', `/v1/keys/${old.id}/rotate`, { overlap_s: 3_600 });
      for (const token of [old.token, String(next['token'])])
        expect(await list(demo.keyed(token))).toMatchObject({ status: 200 });
      const seen = JSON.stringify([
        await demo.admin.call('GET', `/v1/keys/${old.id}`),
        await demo.admin.call('GET', '/v1/keys'),
        await demo.admin.call('GET', '/v1/audit'),
      ]);
      for (const token of [old.token, String(next['token'])]) {
        expect(seen).not.toContain(token);
        expect(demo.server.output).not.toContain(token);
      }
    });

    it('live: refuse addresses that are not listed, at once when the list changes; test keys do not ask', async () => {
      const made = await demo.admin.done('POST', '/v1/applications', { name: 'Listed', address_mode: 'listed' });
      const path = `/v1/applications/${String(made['id'])}`;
      const keys = await Promise.all(
        ['live', 'test'].map((kind) =>
          demo.admin.done('POST', `${path}/keys`, { kind, name: kind, scopes: ['verifications:read'] }),
        ),
      );
      const [live, test] = keys.map((key) => demo.keyed(String(key['token'])));
      if (live === undefined || test === undefined) throw new Error('two keys were made');
      expect(await list(live)).toMatchObject({ status: 403, code: 'address_not_allowed' });
      expect(await list(test)).toMatchObject({ status: 200 });
      await demo.admin.done('PATCH', path, { version: made['version'], allowed_addresses: ['127.0.0.0/8', '::1'] });
      expect(await list(live)).toMatchObject({ status: 200 });
    });

    it('of a suspended organization refuse, and work again when it is reactivated', async () => {
      const organization = await demo.superAdmin.done('POST', '/v1/organizations', { name: 'Late payer' });
      const id = String(organization['id']);
      const inside = demo.superAdmin.in(id);
      const made = await inside.done('POST', '/v1/applications', { name: 'Till', address_mode: 'any' });
      const key = await inside.done('POST', `/v1/applications/${String(made['id'])}/keys`, {
        kind: 'live',
        name: 'Server',
        scopes: ['verifications:read'],
      });
      const caller = demo.keyed(String(key['token']));
      expect(await list(caller)).toMatchObject({ status: 200 });
      await demo.superAdmin.done('POST', `/v1/organizations/${id}/suspend`, { reason: 'unpaid' });
      expect(await list(caller)).toMatchObject({ status: 403, code: 'organization_suspended' });
      await demo.superAdmin.done('POST', `/v1/organizations/${id}/reactivate`, {});
      expect(await list(caller)).toMatchObject({ status: 200 });
    });

    it('and what is done with them leave a log that verifies', async () => {
      const { id } = await newKey();
      await demo.admin.done('POST', `/v1/keys/${id}/revoke`, { reason: 'spec' });
      const events = await demo.admin.done('GET', `/v1/audit?target_id=${id}&sort=at`);
      expect((events['data'] as { action: string }[]).map((event) => event.action)).toEqual([
        'api_key.created',
        'api_key.revoked',
      ]);
      expect(await demo.admin.call('POST', '/v1/audit/verify', {})).toMatchObject({ status: 200, body: { ok: true } });
      expect(await demo.superAdmin.call('POST', '/v1/audit/verify', {})).toMatchObject({
        status: 200,
        body: { ok: true },
      });
    });
  });
});

describe('two processes on one MySQL and Redis', () => {
  it('refuse a key that was revoked on either', async () => {
    const environment = { REDIS_URL: redisServerUrl(), TOLLGATE_PROCESSES: '2' };
    const demo = await startDemo({ engine: 'mysql', environment });
    const other = await startServer({
      beside: demo.server,
      engine: 'mysql',
      environment: { ...environment, TOLLGATE_PROFILE: 'demo' },
    });
    try {
      const path = `/v1/applications/${demo.credentials.application_id}/keys`;
      const key = await demo.admin.done('POST', path, { kind: 'live', name: 'Both', scopes: ['verifications:read'] });
      const headers = { authorization: `Bearer ${String(key['token'])}` };
      const there = async (): Promise<number> => (await other.fetch('/v1/verifications', { headers })).status;
      expect(await there()).toBe(200);
      await demo.admin.done('POST', `/v1/keys/${String(key['id'])}/revoke`, {});
      expect((await demo.server.fetch('/v1/verifications', { headers })).status).toBe(401);
      let status = await there();
      while (status === 200) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        status = await there();
      }
      expect(status).toBe(401);
    } finally {
      await other.close();
      await demo.server.close();
    }
  });
});
