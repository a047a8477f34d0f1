import { jest } from '@jest/globals';
import { SealAuditChains } from '@tollgate/api/audit';
import { Database, type Engine } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import {
  applicationsEndpoints,
  auditEndpoints,
  keysEndpoints,
  organizationsEndpoints,
  type EndpointDeclaration,
} from '@tollgate/contracts';
import { ServedTenants, type Answer, type Tenant } from './testing/served-tenants';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

/** A body that its endpoint accepts, so that nothing but the id can be what is refused. */
const BODIES: Readonly<Record<string, object>> = {
  'organizations.update': { version: 1, name: 'Taken over' },
  'organizations.suspend': { reason: 'x' },
  'organizations.reactivate': {},
  'applications.update': { version: 1, name: 'Taken over' },
  'applications.address_test': { address: '10.0.0.1' },
  'applications.settings_update': { version: 1, locale: 'de' },
  'applications.test_numbers_create': {
    to: '+27821234567',
    code: '1234',
    ends_at: new Date(Date.now() + 60_000).toISOString(),
  },
  'keys.create': { kind: 'test', name: 'x', scopes: ['metrics:read'] },
  'keys.rotate': {},
  'keys.revoke': {},
};
const ENDPOINTS: readonly EndpointDeclaration[] = [
  ...organizationsEndpoints,
  ...applicationsEndpoints,
  ...keysEndpoints,
  ...auditEndpoints,
];
const WITH_IDS = ENDPOINTS.filter((endpoint) => endpoint.path.includes('/:'));

function defineFor(engine: Engine): void {
  let served: ServedTenants;
  let one: Tenant;
  let two: Tenant;
  const call = (...request: Parameters<ServedTenants['call']>): Promise<Answer> => served.call(...request);

  beforeAll(async () => {
    served = await ServedTenants.start(engine);
    one = await served.tenant('One');
    two = await served.tenant('Two');
    served.person('owner1', 'owner', one.organizationId);
    served.person('owner2', 'owner', two.organizationId);
    served.person('viewer1', 'viewer', one.organizationId);
    served.person('root', 'super_admin');
  });
  afterAll(() => served.stop());

  it('take an owner through the life of an application and its keys', async () => {
    const made = await call('owner1', 'POST', '/v1/applications', {
      name: 'Till',
      address_mode: 'listed',
      allowed_addresses: ['10.0.0.0/8'],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Till', organization_id: one.organizationId, version: 1 },
    });
    const path = `/v1/applications/${String(made.body['id'])}`;
    expect(await call('owner1', 'GET', path)).toMatchObject({ status: 200, body: made.body });
    expect(await call('owner1', 'PATCH', path, { version: 1, name: 'Till 2' })).toMatchObject({
      status: 200,
      body: { name: 'Till 2' },
    });
    expect(await call('owner1', 'PATCH', path, { version: 1, name: 'Till 3' })).toMatchObject({
      status: 409,
      code: 'version_conflict',
    });
    expect(await call('owner1', 'POST', `${path}/address-test`, { address: '10.1.2.3' })).toMatchObject({
      status: 200,
      body: { allowed: true },
    });
    expect(await call('owner1', 'PATCH', `${path}/settings`, { version: 2, code: { length: 8 } })).toMatchObject({
      status: 200,
      body: { code: { length: 8 } },
    });
    expect(await call('owner1', 'GET', `${path}/settings`)).toMatchObject({ status: 200, body: { version: 3 } });
    const ends = new Date(Date.now() + 86_400_000).toISOString();
    const number = await call('owner1', 'POST', `${path}/test-numbers`, {
      to: '+27821234567',
      code: '123456',
      ends_at: ends,
    });
    expect(number).toMatchObject({ status: 201, body: { code: '123456', ends_at: ends } });
    expect(await call('owner1', 'GET', `${path}/test-numbers`)).toMatchObject({
      status: 200,
      body: { data: [number.body] },
    });
    expect(await call('owner1', 'DELETE', `${path}/test-numbers/${String(number.body['id'])}`)).toMatchObject({
      status: 204,
    });
    const key = await call('owner1', 'POST', `${path}/keys`, {
      kind: 'live',
      name: 'Server',
      scopes: ['verifications:write'],
    });
    expect(key).toMatchObject({ status: 201, body: { hint: expect.stringMatching(/^tg_live_….{4}$/) as string } });
    const rotated = await call('owner1', 'POST', `/v1/keys/${String(key.body['id'])}/rotate`, { overlap_s: 60 });
    expect(rotated).toMatchObject({ status: 201, body: { replaces: key.body['id'] } });
    expect(await call('owner1', 'GET', `${path}/keys?status=retiring`)).toMatchObject({
      status: 200,
      body: { data: [{ id: key.body['id'] }] },
    });
    expect(await call('owner1', 'DELETE', path)).toMatchObject({ status: 409, code: 'application_not_empty' });
    for (const id of [key.body['id'], rotated.body['id']]) {
      expect(await call('owner1', 'POST', `/v1/keys/${String(id)}/revoke`, { reason: 'done' })).toMatchObject({
        status: 200,
        body: { status: 'revoked' },
      });
    }
    expect(await call('owner1', 'DELETE', path)).toMatchObject({ status: 204 });
    expect(await call('owner1', 'GET', path)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('give a key once: the replay of its creation leaves the token out and makes no second key', async () => {
    const path = `/v1/applications/${one.applicationId}/keys`;
    const wanted = { kind: 'test', name: 'Replayed', scopes: ['metrics:read'] };
    const first = await call('owner1', 'POST', path, wanted, { 'idempotency-key': 'create-once' });
    const again = await call('owner1', 'POST', path, wanted, { 'idempotency-key': 'create-once' });
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    const { token, ...shown } = first.body;
    expect(token).toMatch(/^tg_test_/);
    expect(again.body).toEqual(shown);
    expect((await call('owner1', 'GET', `${path}?q=Replayed`)).body['data']).toHaveLength(1);
    const rows = await served.get(Database).query('SELECT * FROM idempotency_record');
    expect(rows).not.toEqual([]);
    expect(JSON.stringify(rows)).not.toContain(String(token).slice(8));
  });

  it('let a key in with what it was given and refuse it everything else', async () => {
    for (const endpoint of ENDPOINTS) {
      const url = endpoint.path.replace(/:\w+/g, one.applicationId);
      const answer = await call(one.liveKey.token, endpoint.method, url, endpoint.body === undefined ? undefined : {});
      expect([endpoint.id, answer.status, answer.code]).toEqual([endpoint.id, 403, 'permission_denied']);
    }
    expect(await call(`${one.liveKey.token.slice(0, -1)}!`, 'GET', '/v1/applications')).toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
    expect(await call(null, 'GET', `/v1/applications?api_key=${one.liveKey.token}`)).toMatchObject({
      status: 401,
      code: 'missing_credentials',
    });
  });

  it('need a credential', async () => {
    for (const endpoint of ENDPOINTS) {
      const url = endpoint.path.replace(/:\w+/g, one.applicationId);
      const answer = await call(null, endpoint.method, url, endpoint.body === undefined ? undefined : {});
      expect([endpoint.id, answer.status, answer.code]).toEqual([endpoint.id, 401, 'missing_credentials']);
    }
  });

  it('let a viewer change nothing', async () => {
    for (const endpoint of ENDPOINTS.filter(
      ({ method, id }) => method !== 'GET' && id !== 'applications.address_test',
    )) {
      const url = endpoint.path.replace(/:\w+/g, one.applicationId);
      const answer = await call(
        'viewer1',
        endpoint.method,
        url,
        endpoint.body === undefined ? undefined : (BODIES[endpoint.id] ?? {}),
      );
      expect([endpoint.id, answer.status, answer.code]).toEqual([endpoint.id, 403, 'permission_denied']);
    }
    expect(await call('viewer1', 'GET', '/v1/applications')).toMatchObject({ status: 200 });
    expect(await call('viewer1', 'GET', '/v1/audit')).toMatchObject({ status: 403 });
  });

  it('answer for the things of another organization as for things that there are not', async () => {
    const ends = new Date(Date.now() + 86_400_000).toISOString();
    const number = await call('owner1', 'POST', `/v1/applications/${one.applicationId}/test-numbers`, {
      to: '+27829999999',
      code: '1234',
      ends_at: ends,
    });
    const events = await call('owner1', 'GET', '/v1/audit?limit=1');
    const event = (events.body['data'] as { id: string }[])[0]?.id ?? '';
    const real: Record<string, string> = {
      '/v1/organizations/': one.organizationId,
      '/v1/applications/': one.applicationId,
      '/v1/keys/': one.liveKey.id,
      '/v1/audit/': event,
    };
    const made: Record<string, string> = {
      '/v1/organizations/': newId('org'),
      '/v1/applications/': newId('app'),
      '/v1/keys/': newId('key'),
      '/v1/audit/': newId('aud'),
    };
    const dump = async (): Promise<string> => {
      const tables = ['organization', 'application', 'api_key', 'test_number'];
      const database = served.get(Database);
      return JSON.stringify(
        await Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table} ORDER BY id`))),
      );
    };
    const before = await dump();
    const missing: string[] = [];
    for (const endpoint of WITH_IDS) {
      const collection = /^\/v1\/[a-z]+\//.exec(endpoint.path)?.[0] ?? '';
      const answers = [];
      for (const [ids, numberId] of [
        [real, String(number.body['id'])],
        [made, newId('tst')],
      ] as const) {
        const url = endpoint.path.replace(':number_id', numberId).replace(':id', ids[collection] ?? 'unknown');
        const { status, body } = await call(
          'owner2',
          endpoint.method,
          url,
          endpoint.body === undefined ? undefined : (BODIES[endpoint.id] ?? {}),
        );
        const { request_id: _id, instance: _instance, ...rest } = body;
        answers.push({ status, rest });
      }
      expect(answers[0]).toEqual(answers[1]);
      const { permissions } = served.people.get('owner2') ?? { permissions: new Set() };
      if (answers[0]?.status !== 404 && permissions.has(endpoint.access as never)) missing.push(endpoint.id);
    }
    expect(missing).toEqual([]);
    expect(await dump()).toBe(before);
  });

  it('tell the organization of refused requests of people and keys that are known, once', async () => {
    for (let i = 0; i < 3; i += 1) await call('viewer1', 'DELETE', `/v1/applications/${one.applicationId}`);
    const denied = async (): Promise<unknown[]> => {
      const url = '/v1/audit?action=request.denied&actor=usr_viewer1&q=applications.delete';
      return (await call('owner1', 'GET', url)).body['data'] as unknown[];
    };
    // It is written after the answer has left.
    while ((await denied()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await denied()).toMatchObject([
      {
        outcome: 'denied',
        reason: 'permission_denied',
        target: { type: 'endpoint', id: 'applications.delete', label: 'DELETE /v1/applications/:id' },
        addresses: { effective: '127.0.0.1' },
      },
    ]);
  });

  it('take the organization from the credential, and from nobody else than staff of the platform', async () => {
    const header = { 'tollgate-organization': two.organizationId };
    expect(await call('owner1', 'GET', '/v1/applications', undefined, header)).toMatchObject({
      status: 403,
      code: 'organization_not_selectable',
    });
    expect(
      await call('owner1', 'POST', '/v1/applications', {
        name: 'x',
        address_mode: 'any',
        organization_id: two.organizationId,
      }),
    ).toMatchObject({ status: 422 });
    expect(await call('owner1', 'GET', `/v1/applications?organization_id=${two.organizationId}`)).toMatchObject({
      status: 422,
    });
    expect(await call('root', 'POST', '/v1/applications', { name: 'x', address_mode: 'any' })).toMatchObject({
      status: 422,
      code: 'organization_required',
    });
    const made = await call('root', 'POST', '/v1/applications', { name: 'By staff', address_mode: 'any' }, header);
    expect(made).toMatchObject({ status: 201, body: { organization_id: two.organizationId } });
    const seen = await call('root', 'GET', '/v1/applications?limit=200');
    const organizations = new Set(
      (seen.body['data'] as { organization_id: string }[]).map((row) => row.organization_id),
    );
    expect([...organizations].sort()).toEqual([one.organizationId, two.organizationId].sort());
    const chosen = await call('root', 'GET', '/v1/applications', undefined, header);
    expect(
      (chosen.body['data'] as { organization_id: string }[]).every((row) => row.organization_id === two.organizationId),
    ).toBe(true);
    expect(
      await call('root', 'GET', '/v1/applications', undefined, { 'tollgate-organization': newId('org') }),
    ).toMatchObject({ status: 404 });
  });

  it('let the super admin create, suspend and reactivate, and the owner only edit', async () => {
    expect(await call('owner1', 'POST', '/v1/organizations', { name: 'Mine' })).toMatchObject({ status: 403 });
    const made = await call('root', 'POST', '/v1/organizations', {
      name: 'Three',
      slug: `three-${engine}`,
      country: 'ZA',
    });
    expect(made).toMatchObject({ status: 201, body: { slug: `three-${engine}`, status: 'active', built_in: false } });
    const path = `/v1/organizations/${String(made.body['id'])}`;
    expect(await call('root', 'POST', `${path}/suspend`, { reason: 'fraud' })).toMatchObject({
      status: 200,
      body: { status: 'suspended' },
    });
    expect(await call('root', 'POST', `${path}/reactivate`, {})).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
    const own = `/v1/organizations/${one.organizationId}`;
    expect(await call('owner1', 'POST', `${own}/suspend`, { reason: 'x' })).toMatchObject({ status: 403 });
    const { body } = await call('owner1', 'GET', own);
    const changed = await call('owner1', 'PATCH', own, {
      version: body['version'],
      settings: { time_zone: 'Asia/Kathmandu' },
    });
    expect(changed).toMatchObject({ status: 200, body: { settings: { time_zone: 'Asia/Kathmandu' } } });
    expect(await call('owner1', 'PATCH', own, { version: 99, settings: { time_zone: 'Mars/Base' } })).toMatchObject({
      status: 409,
    });
    expect(
      await call('owner1', 'PATCH', own, { version: changed.body['version'], settings: { time_zone: 'Mars/Base' } }),
    ).toMatchObject({ status: 422, code: 'time_zone_invalid' });
    expect(await call('owner1', 'GET', '/v1/organizations')).toMatchObject({
      status: 200,
      body: { data: [{ id: one.organizationId }] },
    });
  });

  it('show the log with who did it from where, and verify it', async () => {
    await served.get(SealAuditChains).execute();
    const { body } = await call('owner1', 'GET', '/v1/audit?action=organization.updated&actor=usr_owner1');
    const [event] = body['data'] as { id: string }[];
    const read = await call('owner1', 'GET', `/v1/audit/${event?.id ?? ''}`);
    expect(read).toMatchObject({
      status: 200,
      body: {
        actor: { kind: 'session', id: 'usr_owner1', label: 'owner1@example.com' },
        changes: [{ field: 'settings.time_zone', before: 'UTC', after: 'Asia/Kathmandu' }],
        addresses: { effective: '127.0.0.1', forwarded: null, remote: '127.0.0.1' },
      },
    });
    const own = await call('owner1', 'POST', '/v1/audit/verify', {});
    expect(own).toMatchObject({
      status: 200,
      body: { ok: true, chains_total: 1, chains: [{ organization_id: one.organizationId, ok: true }] },
    });
    const all = await call('root', 'POST', '/v1/audit/verify', {});
    expect(all).toMatchObject({ status: 200, body: { ok: true } });
    expect(Number(all.body['chains_total'])).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['POST', '/v1/applications', { name: 'x', address_mode: 'some' }],
    ['POST', '/v1/applications', { name: '', address_mode: 'any' }],
    ['POST', '/v1/applications', { name: 'x\u0000', address_mode: 'any' }],
    ['POST', '/v1/applications', { name: ['x'], address_mode: 'any' }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', id: 'app_1' }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', base_url: 'javascript:alert(1)' }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', allowed_origins: ['https://a.example/path'] }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', allowed_origins: ['http://a.example'] }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', settings: { code: { length: 3 } } }],
    ['POST', '/v1/applications', { name: 'x', address_mode: 'any', settings: { code: { ttl_s: 3601 } } }],
    ['GET', '/v1/applications?limit=201', undefined],
    ['GET', '/v1/applications?sort=id;drop', undefined],
    ['GET', '/v1/keys?kind=live&kind=test', undefined],
    ['GET', '/v1/audit?from=yesterday', undefined],
    ['GET', '/v1/audit?action=%25', undefined],
    ['GET', '/v1/audit?cursor=abc', undefined],
  ] as const)('refuse %s %s %j', async (method, url, body) => {
    const answer = await call('owner1', method, url, body);
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
}

onBothEngines((engine) => {
  describe('the endpoints of organizations, applications, keys and audit', () => defineFor(engine));
});
