import { jest } from '@jest/globals';
import { ApplicationsModule, type ApplicationFacts } from '../../index';
import { anApplication, anApiKey, someApiKeys } from '../../testing';
import { apiToken } from '@tollgate/api/crypto';
import { Database } from '@tollgate/api/database';
import { RequestContext, systemPrincipal, type DomainError, type Principal } from '@tollgate/api/kernel';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import type { NewKeyView } from '@tollgate/contracts';
import { EditApplication } from '../edit-application';
import { ReadApplications } from '../read-applications';
import { ApiKeyStrategy } from './api-key-strategy';
import { AuthenticateKey } from './authenticate-key';
import { CreateKey, MOST_KEYS } from './create-key';
import { KeyRefusals } from './key-refusals';
import { KeyUse } from './key-use';
import { ReadKeys } from './read-keys';
import { RevokeKey } from './revoke-key';
import { RotateKey } from './rotate-key';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

const ADDRESS = '203.0.113.9';
const memberOf = (organizationId: string): Principal => ({
  ...systemPrincipal('spec', organizationId),
  kind: 'session',
  userId: 'usr_1',
  label: 'ada@example.com',
});

onBothEngines((engine) => {
  describe('API keys', () => {
    let slice: Slice;
    beforeAll(async () => {
      slice = await bootSlice({ engine, modules: [ApplicationsModule] });
    });
    afterAll(() => slice.close());

    const authenticate = (token: string, address = ADDRESS): Promise<Principal> =>
      slice.get(AuthenticateKey).execute(token, address);
    const refusal = async (token: string, address = ADDRESS): Promise<DomainError> => {
      const [outcome] = await Promise.allSettled([authenticate(token, address)]);
      if (outcome.status === 'fulfilled') throw new Error('the key was accepted');
      return outcome.reason as DomainError;
    };
    const created = (application: ApplicationFacts, more: object = {}): Promise<NewKeyView> =>
      slice
        .get(CreateKey)
        .execute(
          application.id,
          { kind: 'live', name: 'Server', scopes: ['verifications:write'], ...more },
          memberOf(application.organizationId),
        );
    const inSeconds = (seconds: number): string => new Date(slice.clock.recordedAt() + seconds * 1_000).toISOString();
    const audited = async (keyId: string): Promise<{ action: string; outcome: string; reason: string | null }[]> =>
      slice.database.query(
        'SELECT action, outcome, reason FROM audit_event WHERE target_id = ? ORDER BY occurred_at, id',
        [keyId],
      );

    it('become the caller that they stand for', async () => {
      const application = await anApplication(slice);
      const key = await created(application, { kind: 'test', scopes: ['verifications:write', 'metrics:read'] });
      const principal = await authenticate(key.token);
      expect(principal).toMatchObject({
        kind: 'api_key',
        id: key.id,
        organizationId: application.organizationId,
        actingOrganizationId: application.organizationId,
        applicationId: application.id,
        test: true,
        platformStaff: false,
        userId: null,
      });
      expect(principal.label).toBe(`Server (tg_test_…${key.token.slice(-4)})`);
      expect([...principal.permissions].sort()).toEqual(['metrics:read', 'verifications:write']);
    });

    it('are shown once: no table holds the token, and no later answer does', async () => {
      const application = await anApplication(slice);
      const key = await created(application);
      await authenticate(key.token);
      const tables = ['api_key', 'audit_event', 'application'];
      const dump = await Promise.all(tables.map((table) => slice.database.query(`SELECT * FROM ${table}`)));
      expect(JSON.stringify(dump)).not.toContain(key.token.slice(8));
      const member = memberOf(application.organizationId);
      const read = await slice.get(ReadKeys).one(key.id, member);
      const listed = await slice.get(ReadKeys).ofApplication(application.id, {}, member);
      const { token, ...shown } = key;
      expect(read).toEqual(shown);
      expect(listed.data).toEqual([shown]);
      expect(token).toMatch(/^tg_live_/);
    });

    it('that are malformed, unknown, expired or revoked get one and the same answer', async () => {
      const application = await anApplication(slice);
      const expiring = await created(application, { expires_at: inSeconds(60) });
      const revoked = await created(application);
      await slice.get(RevokeKey).execute(revoked.id, 'leaked', memberOf(application.organizationId));
      await authenticate(expiring.token);
      slice.clock.advance(60_000);
      const answers = [
        await refusal('nonsense'),
        await refusal(`${expiring.token.slice(0, -1)}${expiring.token.endsWith('a') ? 'b' : 'a'}`),
        await refusal(apiToken.create('live')),
        await refusal(expiring.token),
        await refusal(revoked.token),
      ].map((error) => ({ code: error.code, details: error.details, message: error.message }));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]).toMatchObject({ code: 'invalid_api_key', details: {} });
    });

    it('that nobody knows are counted and not written to the log', async () => {
      const before = slice.get(KeyRefusals).unknown();
      await refusal('nonsense');
      await refusal(apiToken.create('live'));
      await refusal(apiToken.create('test'));
      expect(slice.get(KeyRefusals).unknown()).toEqual({
        malformed: before.malformed + 1,
        unknown: before.unknown + 2,
      });
    });

    it('that are refused although known are told to their organization, once a minute for each reason', async () => {
      const application = await anApplication(slice);
      const key = await created(application);
      await slice.get(RevokeKey).execute(key.id, undefined, memberOf(application.organizationId));
      for (let i = 0; i < 5; i += 1) await refusal(key.token);
      const refusals = async () => (await audited(key.id)).filter((event) => event.action === 'api_key.refused');
      expect(await refusals()).toEqual([
        { action: 'api_key.refused', outcome: 'denied', reason: 'the key is revoked' },
      ]);
      slice.clock.advance(60_000);
      await refusal(key.token);
      expect(await refusals()).toHaveLength(2);
    });

    it('live: refuse an address that is not listed, and every address while the list is empty; test keys do not ask', async () => {
      const application = await anApplication(slice, { address_mode: 'listed' });
      const { live, test } = await someApiKeys(slice, { application });
      const member = memberOf(application.organizationId);
      expect((await refusal(live.token)).code).toBe('address_not_allowed');
      await slice
        .get(EditApplication)
        .execute(application.id, { version: 1, allowed_addresses: ['203.0.113.0/24'] }, member);
      expect(await authenticate(live.token)).toMatchObject({ test: false });
      expect(await authenticate(live.token, '::ffff:203.0.113.7')).toMatchObject({ test: false });
      expect((await refusal(live.token, '203.0.114.1')).code).toBe('address_not_allowed');
      expect((await refusal(live.token, 'unknown')).code).toBe('address_not_allowed');
      expect(await authenticate(test.token, '198.51.100.1')).toMatchObject({ test: true });
    });

    it('of their own ranges answer only there, beside the rule of the application', async () => {
      const application = await anApplication(slice);
      const key = await created(application, { allowed_addresses: ['198.51.100.7'] });
      expect(key.allowed_addresses).toEqual(['198.51.100.7/32']);
      expect(await authenticate(key.token, '198.51.100.7')).toMatchObject({ id: key.id });
      expect((await refusal(key.token)).code).toBe('address_not_allowed');
      await expect(created(application, { kind: 'test', allowed_addresses: ['10.0.0.0/8'] })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    });

    it('refuse while the application is disabled or the organization suspended, and work again afterwards', async () => {
      const { live, test } = await someApiKeys(slice);
      const { application } = live;
      const member = memberOf(application.organizationId);
      const edit = slice.get(EditApplication);
      await edit.execute(application.id, { version: 1, status: 'disabled' }, member);
      expect((await refusal(live.token)).code).toBe('application_disabled');
      expect((await refusal(test.token)).code).toBe('application_disabled');
      await edit.execute(application.id, { version: 2, status: 'active' }, member);
      expect(await authenticate(live.token)).toMatchObject({ id: live.id });
      const set = async (status: string): Promise<void> => {
        await slice.database.execute('UPDATE organization SET status = ? WHERE id = ?', [
          status,
          application.organizationId,
        ]);
        await slice.database.execute(`UPDATE cache_version SET version = version + 1 WHERE topic = 'organizations'`);
      };
      await set('suspended');
      const waitFor = async (code: string | null): Promise<void> => {
        for (;;) {
          const [outcome] = await Promise.allSettled([authenticate(live.token)]);
          const found = outcome.status === 'fulfilled' ? null : (outcome.reason as DomainError).code;
          if (found === code) return;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      await waitFor('organization_suspended');
      expect((await refusal(test.token)).code).toBe('organization_suspended');
      await set('active');
      await waitFor(null);
      expect(await authenticate(test.token)).toMatchObject({ id: test.id });
    });

    it('are accepted without a query once they are known', async () => {
      const key = await anApiKey(slice);
      await authenticate(key.token);
      const database = slice.get(Database);
      const queries: string[] = [];
      const { query, execute } = database;
      Object.assign(database, {
        query: (sql: string, ...rest: never[]) => (queries.push(sql), query.call(database, sql, ...rest)),
        execute: (sql: string, ...rest: never[]) => (queries.push(sql), execute.call(database, sql, ...rest)),
      });
      try {
        for (let i = 0; i < 50; i += 1) await authenticate(key.token);
      } finally {
        Object.assign(database, { query, execute });
      }
      expect(queries.filter((sql) => /api_key|application|organization/.test(sql))).toEqual([]);
    });

    it('are refused in every process as soon as it has looked', async () => {
      const beside = await bootSlice({ engine, modules: [ApplicationsModule], beside: slice });
      try {
        const key = await anApiKey(slice);
        const there = () => beside.get(AuthenticateKey).execute(key.token, ADDRESS);
        expect(await there()).toMatchObject({ id: key.id });
        await slice.get(RevokeKey).execute(key.id, undefined, memberOf(key.application.organizationId));
        expect((await refusal(key.token)).code).toBe('invalid_api_key');
        let outcome = await Promise.allSettled([there()]);
        while (outcome[0].status === 'fulfilled') {
          await new Promise((resolve) => setTimeout(resolve, 20));
          outcome = await Promise.allSettled([there()]);
        }
        expect(outcome[0].reason).toMatchObject({ code: 'invalid_api_key' });
      } finally {
        await beside.close();
      }
    });

    it('are rotated with an overlap in which both work', async () => {
      const application = await anApplication(slice);
      const member = memberOf(application.organizationId);
      const old = await created(application, { scopes: ['metrics:read'], allowed_addresses: ['203.0.113.0/24'] });
      const next = await slice.get(RotateKey).execute(old.id, { overlap_s: 600 }, member);
      expect(next).toMatchObject({
        replaces: old.id,
        scopes: ['metrics:read'],
        allowed_addresses: ['203.0.113.0/24'],
        name: 'Server',
        kind: 'live',
      });
      expect(next.token).not.toBe(old.token);
      expect(await slice.get(ReadKeys).one(old.id, member)).toMatchObject({
        status: 'retiring',
        replaced_by: next.id,
        expires_at: inSeconds(600),
      });
      for (const { token } of [old, next])
        expect(await authenticate(token)).toMatchObject({ applicationId: application.id });
      slice.clock.advance(600_000);
      expect((await refusal(old.token)).code).toBe('invalid_api_key');
      expect(await authenticate(next.token)).toMatchObject({ id: next.id });
      expect((await audited(old.id)).map((event) => event.action)).toEqual([
        'api_key.created',
        'api_key.rotated',
        'api_key.refused',
      ]);
    });

    it('are replaced by one key, however many rotate at once', async () => {
      const application = await anApplication(slice);
      const old = await created(application);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, () => slice.get(RotateKey).execute(old.id, {}, memberOf(application.organizationId))),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'key_state' });
      }
      const { data } = await slice
        .get(ReadKeys)
        .ofApplication(application.id, {}, memberOf(application.organizationId));
      expect(data).toHaveLength(2);
    });

    it('are revoked for good, and again without effect', async () => {
      const application = await anApplication(slice);
      const member = memberOf(application.organizationId);
      const key = await created(application);
      const first = await slice.get(RevokeKey).execute(key.id, 'leaked', member);
      expect(first.status).toBe('revoked');
      slice.clock.advance(1_000);
      expect(await slice.get(RevokeKey).execute(key.id, 'again', member)).toEqual(first);
      expect((await audited(key.id)).map(({ action, reason }) => [action, reason])).toEqual([
        ['api_key.created', null],
        ['api_key.revoked', 'leaked'],
      ]);
      await expect(slice.get(RotateKey).execute(key.id, {}, member)).rejects.toMatchObject({ code: 'key_state' });
    });

    it('are as many as an application may have, and not one more at once', async () => {
      const application = await anApplication(slice);
      for (let i = 0; i < MOST_KEYS - 2; i += 1) await created(application);
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => created(application)));
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(2);
      await expect(created(application)).rejects.toMatchObject({ code: 'too_many_keys' });
    });

    it('are not created for the past, nor for a disabled application', async () => {
      const application = await anApplication(slice);
      await expect(created(application, { expires_at: inSeconds(0) })).rejects.toMatchObject({
        code: 'validation_failed',
        details: { param: 'expires_at' },
      });
      await slice
        .get(EditApplication)
        .execute(application.id, { version: 1, status: 'disabled' }, memberOf(application.organizationId));
      await expect(created(application)).rejects.toMatchObject({ code: 'application_disabled' });
    });

    it('are invisible to members of another organization', async () => {
      const key = await anApiKey(slice);
      const { id: strange } = await anOrganization(slice);
      const stranger = memberOf(strange);
      const acts = await Promise.allSettled([
        slice.get(ReadKeys).one(key.id, stranger),
        slice.get(ReadKeys).ofApplication(key.application.id, {}, stranger),
        slice.get(RotateKey).execute(key.id, {}, stranger),
        slice.get(RevokeKey).execute(key.id, undefined, stranger),
      ]);
      for (const act of acts) expect(act).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
      expect((await slice.get(ReadKeys).page({}, stranger)).data).toEqual([]);
      expect(await authenticate(key.token)).toMatchObject({ id: key.id });
    });

    it('are listed by kind, state and text', async () => {
      const application = await anApplication(slice);
      const member = memberOf(application.organizationId);
      const live = await created(application, { name: 'Live one' });
      slice.clock.advance(1);
      const test = await created(application, { kind: 'test', name: 'Test one' });
      slice.clock.advance(1);
      const next = await slice.get(RotateKey).execute(live.id, { overlap_s: 60 }, member);
      const ids = async (query: object): Promise<string[]> =>
        (await slice.get(ReadKeys).page(query, member)).data.map((key) => key.id);
      expect(await ids({})).toEqual([next.id, test.id, live.id]);
      expect(await ids({ kind: 'test' })).toEqual([test.id]);
      expect(await ids({ status: 'active' })).toEqual([next.id, test.id]);
      expect(await ids({ status: 'retiring' })).toEqual([live.id]);
      expect(await ids({ q: 'test O' })).toEqual([test.id]);
      expect(await ids({ q: test.token.slice(-4) })).toContain(test.id);
      expect(await ids({ q: test.hint })).toEqual([test.id]);
      expect(await ids({ q: 'größe …ü' })).toEqual([]);
      slice.clock.advance(60_000);
      expect(await ids({ status: 'expired' })).toEqual([live.id]);
      await slice.get(RevokeKey).execute(test.id, undefined, member);
      expect(await ids({ status: 'revoked' })).toEqual([test.id]);
      expect(await ids({ q: live.id })).toEqual([live.id]);
    });

    it('remember when and from where they were used, at most once a minute', async () => {
      const key = await anApiKey(slice);
      const member = memberOf(key.application.organizationId);
      const used = async () => {
        await slice.get(KeyUse).flush();
        const { last_used_at: at, last_used_address: address } = await slice.get(ReadKeys).one(key.id, member);
        return { at, address };
      };
      expect(await used()).toEqual({ at: null, address: null });
      const first = { at: inSeconds(0), address: ADDRESS };
      await authenticate(key.token);
      expect(await used()).toEqual(first);
      slice.clock.advance(59_000);
      await authenticate(key.token, '198.51.100.1');
      expect(await used()).toEqual(first);
      slice.clock.advance(1_000);
      await authenticate(key.token, '198.51.100.1');
      expect(await used()).toEqual({ at: inSeconds(0), address: '198.51.100.1' });
      expect(await slice.get(ReadApplications).one(key.application.id, member)).toMatchObject({
        last_used_at: inSeconds(0),
      });
    });

    it('are taken from the Authorization header as a bearer, and from nowhere else', async () => {
      const key = await anApiKey(slice);
      const addresses = { effective: ADDRESS, forwarded: null, remote: ADDRESS };
      const facts = { requestId: 'req_1', addresses, userAgent: null, principal: null, clockShiftMs: 0 };
      const present = (headers: Record<string, string>): Promise<Principal> =>
        RequestContext.run(facts, () => slice.get(ApiKeyStrategy).validate({ headers }));
      expect(await present({ authorization: `Bearer ${key.token}` })).toMatchObject({ id: key.id });
      expect(await present({ authorization: `bearer  ${key.token}` })).toMatchObject({ id: key.id });
      for (const authorization of [
        '',
        key.token,
        `Basic ${key.token}`,
        `Bearer ${key.token} x`,
        'Bearer ',
        `Bearer\t${key.token}`,
      ]) {
        await expect(present({ authorization })).rejects.toMatchObject({ code: 'invalid_api_key' });
      }
      await expect(present({ 'x-api-key': key.token })).rejects.toMatchObject({ code: 'invalid_api_key' });
    });
  });
});
