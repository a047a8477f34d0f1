import { jest } from '@jest/globals';
import { ApplicationDirectory, ApplicationsModule, DestinationForms } from '../index';
import { anApplication, someApiKeys } from '../testing';
import { SearchSources } from '@tollgate/api/database';
import { systemPrincipal, type Principal } from '@tollgate/api/kernel';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { CreateApplication } from './create-application';
import { DeleteApplication } from './delete-application';
import { EditApplication } from './edit-application';
import { CreateKey } from './keys/create-key';
import { RevokeKey } from './keys/revoke-key';
import { ReadApplications } from './read-applications';
import { AddTestNumber } from './test-numbers/add-test-number';
import { ReadTestNumbers } from './test-numbers/read-test-numbers';
import { RemoveTestNumber } from './test-numbers/remove-test-number';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

const memberOf = (organizationId: string): Principal => ({
  ...systemPrincipal('spec', organizationId),
  kind: 'session',
  userId: 'usr_1',
  label: 'ada@example.com',
});
const superAdmin: Principal = { ...memberOf('org_0'), platformStaff: true, actingOrganizationId: null };
const DAY_MS = 24 * 60 * 60 * 1_000;

onBothEngines((engine) => {
  describe('applications', () => {
    let slice: Slice;
    beforeAll(async () => {
      slice = await bootSlice({ engine, modules: [ApplicationsModule] });
    });
    afterAll(() => slice.close());

    const directory = (): ApplicationDirectory => slice.get(ApplicationDirectory);
    const audited = async (targetId: string): Promise<{ action: string; changes: string }[]> =>
      slice.database.query('SELECT action, changes FROM audit_event WHERE target_id = ? ORDER BY occurred_at, id', [
        targetId,
      ]);
    const inDays = (days: number): string => new Date(slice.clock.recordedAt() + days * DAY_MS).toISOString();

    it('are created with the address mode that their creator chose, and never without one', async () => {
      const { id } = await anOrganization(slice, { settings: { locale: 'fr' } });
      const create = slice.get(CreateApplication);
      await expect(create.execute({ name: 'Shop' }, id)).rejects.toMatchObject({ code: 'address_mode_required' });
      await expect(create.execute({ name: 'Shop', address_mode: 'any' }, null)).rejects.toMatchObject({
        code: 'organization_required',
      });
      const view = await create.execute(
        {
          name: 'Shop',
          address_mode: 'listed',
          allowed_addresses: ['203.0.113.9', '2001:DB8::/32'],
          settings: { code: { length: 8 } },
        },
        id,
      );
      expect(view).toMatchObject({
        organization_id: id,
        status: 'active',
        address_mode: 'listed',
        allowed_addresses: ['203.0.113.9/32', '2001:db8::/32'],
        open_to_any_address: false,
        active_keys: { live: 0, test: 0 },
      });
      expect(view.site_key).toMatch(/^shop-[a-z2-9]{6}$/);
      expect(await directory().get(view.id)).toMatchObject({
        code: { length: 8, ttlSeconds: 600, maxChecks: 5 },
        locale: 'fr',
        fraudGuard: 'enforce',
        allowedCountries: null,
      });
      expect((await audited(view.id)).map((event) => event.action)).toEqual(['application.created']);
    });

    it('refuse ranges with host bits, and a range of everybody that was not meant', async () => {
      const { id } = await anOrganization(slice);
      const wanted = { name: 'Shop', address_mode: 'listed' as const };
      const create = slice.get(CreateApplication);
      await expect(create.execute({ ...wanted, allowed_addresses: ['10.0.0.1/8'] }, id)).rejects.toMatchObject({
        code: 'invalid_address_range',
        details: { param: 'allowed_addresses.0', detail: expect.stringContaining('10.0.0.0/8') as string },
      });
      await expect(create.execute({ ...wanted, allowed_addresses: ['0.0.0.0/0'] }, id)).rejects.toMatchObject({
        code: 'invalid_address_range',
      });
      const view = await create.execute({ ...wanted, allowed_addresses: ['0.0.0.0/0'], confirm_any_range: true }, id);
      expect(view.open_to_any_address).toBe(true);
    });

    it('say which addresses they would let in', async () => {
      const application = await anApplication(slice, { address_mode: 'listed', allowed_addresses: ['10.0.0.0/8'] });
      const member = memberOf(application.organizationId);
      const test = (address: string) => slice.get(ReadApplications).testAddress(application.id, { address }, member);
      expect(await test('::ffff:10.2.3.4')).toEqual({
        address: '10.2.3.4',
        allowed: true,
        reason: 'range_matched',
        matched_range: '10.0.0.0/8',
      });
      expect(await test('192.0.2.1')).toMatchObject({ allowed: false, reason: 'no_range_matched' });
      await expect(test('10.0.0.')).rejects.toMatchObject({
        code: 'invalid_address_range',
        details: { param: 'address' },
      });
      const closed = await anApplication(slice, { address_mode: 'listed' });
      expect(
        await slice
          .get(ReadApplications)
          .testAddress(closed.id, { address: '10.0.0.1' }, memberOf(closed.organizationId)),
      ).toMatchObject({ allowed: false, reason: 'no_ranges_listed' });
    });

    it('have site keys of their own in the whole installation', async () => {
      const name = `site-${engine}`;
      const first = await anApplication(slice, { site_key: name });
      await expect(anApplication(slice, { site_key: name })).rejects.toMatchObject({ code: 'site_key_taken' });
      await slice.get(DeleteApplication).execute(first.id, memberOf(first.organizationId));
      expect((await anApplication(slice, { site_key: name })).id).not.toBe(first.id);
    });

    it('are edited with each changed field in the log, and by one of many editors of a version', async () => {
      const application = await anApplication(slice);
      const member = memberOf(application.organizationId);
      const edit = slice.get(EditApplication);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, index) =>
          edit.execute(application.id, { version: 1, name: `Editor ${index}` }, member),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      const after = await edit.execute(
        application.id,
        { version: 2, status: 'disabled', address_mode: 'listed', allowed_addresses: ['10.0.0.0/8'] },
        member,
      );
      expect(after).toMatchObject({ version: 3, status: 'disabled', addressMode: 'listed' });
      expect(await directory().get(application.id)).toMatchObject({
        status: 'disabled',
        allowedAddresses: ['10.0.0.0/8'],
      });
      const events = await audited(application.id);
      expect(events).toHaveLength(3);
      expect(JSON.parse(events[2]?.changes ?? '')).toEqual([
        { field: 'status', before: 'active', after: 'disabled' },
        { field: 'address_mode', before: 'any', after: 'listed' },
        { field: 'allowed_addresses', before: [], after: ['10.0.0.0/8'] },
      ]);
    });

    it('keep settings that a change leaves out', async () => {
      const application = await anApplication(slice);
      const member = memberOf(application.organizationId);
      const edit = slice.get(EditApplication);
      const change = {
        code: { ttl_s: 120 },
        allowed_countries: ['ZA', 'IN', 'ZA'],
        templates: { sms: 'shop' },
        fraud_guard: 'record' as const,
        web_domain: 'shop.example',
        android_hash: 'FA+9qCX9VSu',
        daily_spend_cap: 1_000,
      };
      const first = await edit.settings(application.id, { version: 1, ...change }, member);
      expect(first).toMatchObject({
        version: 2,
        code: { length: 6, ttl_s: 120, max_checks: 5 },
        allowed_countries: ['IN', 'ZA'],
      });
      const second = await edit.settings(application.id, { version: 2, android_hash: null, templates: {} }, member);
      expect(second).toEqual({ ...first, version: 3, android_hash: null, templates: {} });
      expect(await directory().get(application.id)).toMatchObject({
        code: { length: 6, ttlSeconds: 120, maxChecks: 5 },
        allowedCountries: ['IN', 'ZA'],
        fraudGuard: 'record',
        webDomain: 'shop.example',
        androidHash: null,
        dailySpendCap: 1_000,
      });
      await expect(
        edit.settings(application.id, { version: 3, allowed_countries: ['XX'] }, member),
      ).rejects.toMatchObject({
        code: 'validation_failed',
        details: { param: 'allowed_countries' },
      });
      await expect(edit.settings(application.id, { version: 1, locale: 'de' }, member)).rejects.toMatchObject({
        code: 'version_conflict',
      });
    });

    it('are invisible to members of another organization', async () => {
      const theirs = await anApplication(slice);
      const mine = await anApplication(slice);
      const stranger = memberOf(mine.organizationId);
      const number = await slice
        .get(AddTestNumber)
        .execute(
          theirs.id,
          { to: '+27821234567', code: '123456', ends_at: inDays(1) },
          memberOf(theirs.organizationId),
        );
      const acts = await Promise.allSettled([
        slice.get(ReadApplications).one(theirs.id, stranger),
        slice.get(ReadApplications).settings(theirs.id, stranger),
        slice.get(ReadApplications).testAddress(theirs.id, { address: '10.0.0.1' }, stranger),
        slice.get(EditApplication).execute(theirs.id, { version: 1, name: 'x' }, stranger),
        slice.get(EditApplication).settings(theirs.id, { version: 1, locale: 'de' }, stranger),
        slice.get(DeleteApplication).execute(theirs.id, stranger),
        slice.get(CreateKey).execute(theirs.id, { kind: 'live', name: 'x', scopes: ['metrics:read'] }, stranger),
        slice
          .get(AddTestNumber)
          .execute(theirs.id, { to: '+27821234567', code: '123456', ends_at: inDays(1) }, stranger),
        slice.get(ReadTestNumbers).execute(theirs.id, stranger),
        slice.get(RemoveTestNumber).execute(theirs.id, number.id, stranger),
        slice.get(RemoveTestNumber).execute(mine.id, number.id, stranger),
      ]);
      for (const act of acts) expect(act).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
      const { data } = await slice.get(ReadApplications).page({}, stranger);
      expect(data.map((application) => application.id)).toEqual([mine.id]);
      const all = await slice.get(ReadApplications).page({ q: theirs.id }, superAdmin);
      expect(all.data.map((application) => application.organization_id)).toEqual([theirs.organizationId]);
      expect(await audited(theirs.id)).toHaveLength(2);
    });

    it('are listed with search, filters, sorts and how many keys work', async () => {
      const organization = await anOrganization(slice);
      for (const name of ['Beta', 'alpha', 'Gamma']) {
        slice.clock.advance(1);
        await anApplication(slice, { organization, name, address_mode: name === 'Beta' ? 'listed' : 'any' });
      }
      const names = async (query: object): Promise<string[]> => {
        const { data } = await slice.get(ReadApplications).page(query, memberOf(organization.id));
        return data.map((application) => application.name);
      };
      expect(await names({})).toEqual(['Gamma', 'alpha', 'Beta']);
      expect(await names({ sort: 'name' })).toEqual(['Beta', 'Gamma', 'alpha']);
      expect(await names({ q: 'ALP' })).toEqual(['alpha']);
      expect(await names({ q: 'größe …' })).toEqual([]);
      expect(await names({ address_mode: 'listed' })).toEqual(['Beta']);
      expect(await names({ status: 'disabled' })).toEqual([]);
      const { data } = await slice.get(ReadApplications).page({ q: 'alpha' }, memberOf(organization.id));
      const [alpha] = data;
      if (alpha === undefined) throw new Error('it was just created');
      const keys = await someApiKeys(slice, { application: await directory().get(alpha.id) });
      await slice.get(RevokeKey).execute(keys.test.id, undefined, memberOf(organization.id));
      expect(await slice.get(ReadApplications).one(alpha.id, memberOf(organization.id))).toMatchObject({
        active_keys: { live: 1, test: 0 },
        last_used_at: null,
      });
    });

    it('are found from everywhere with their keys and organization, within the scope of whoever searches', async () => {
      const keys = await someApiKeys(slice);
      const { application } = keys.live;
      const hits = async (text: string, organizationId: string | null): Promise<string[]> => {
        const sources = slice.get(SearchSources).all();
        const found = await Promise.all(sources.map((source) => source.search(text, { organizationId }, 6)));
        return found.flat().map((hit) => `${hit.type} ${hit.id}`);
      };
      const own = application.organizationId;
      expect(await hits(application.id, own)).toEqual([`application ${application.id}`]);
      expect(await hits(keys.live.token.slice(-4), own)).toContain(`api_key ${keys.live.id}`);
      expect(await hits(own, null)).toEqual([`organization ${own}`]);
      const { organizationId: other } = await anApplication(slice);
      for (const text of [application.id, keys.live.id, own]) expect(await hits(text, other)).toEqual([]);
    });

    it('are deleted only when no key works any more', async () => {
      const keys = await someApiKeys(slice);
      const { application } = keys.live;
      const member = memberOf(application.organizationId);
      await expect(slice.get(DeleteApplication).execute(application.id, member)).rejects.toMatchObject({
        code: 'application_not_empty',
        details: { extra: { active_keys: 2 } },
      });
      for (const key of [keys.live, keys.test]) await slice.get(RevokeKey).execute(key.id, undefined, member);
      await slice.get(DeleteApplication).execute(application.id, member);
      expect(await directory().find(application.id)).toBeNull();
      await expect(slice.get(ReadApplications).one(application.id, member)).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(slice.get(DeleteApplication).execute(application.id, member)).rejects.toMatchObject({
        code: 'not_found',
      });
      const create = slice
        .get(CreateKey)
        .execute(application.id, { kind: 'test', name: 'x', scopes: ['metrics:read'] }, member);
      await expect(create).rejects.toMatchObject({ code: 'not_found' });
    });

    it('never end up deleted with a working key, whichever of creation and deletion comes first', async () => {
      for (let round = 0; round < 5; round += 1) {
        const application = await anApplication(slice);
        const member = memberOf(application.organizationId);
        const [deletion, creation] = await Promise.allSettled([
          slice.get(DeleteApplication).execute(application.id, member),
          slice.get(CreateKey).execute(application.id, { kind: 'live', name: 'x', scopes: ['metrics:read'] }, member),
        ]);
        expect([deletion.status, creation.status].sort()).toEqual(['fulfilled', 'rejected']);
      }
    });

    describe('live test numbers', () => {
      const added = async (applicationId: string, to: string, more: object = {}) => {
        const { organizationId } = await directory().get(applicationId);
        const wanted = { to, code: '482913', ends_at: inDays(30), ...more };
        return slice.get(AddTestNumber).execute(applicationId, wanted, memberOf(organizationId));
      };

      it('are found by destination until they end, with their code', async () => {
        const { id } = await anApplication(slice);
        const now = slice.clock.recordedAt();
        expect(await directory().testNumber(id, '+27821234567', now)).toBeNull();
        const view = await added(id, '+27821234567', { note: 'store review' });
        expect(view).toMatchObject({
          code: '482913',
          note: 'store review',
          expired: false,
          created_by: 'ada@example.com',
        });
        expect(view.to).not.toContain('821234');
        expect(await directory().testNumber(id, '+27821234567', now)).toMatchObject({
          id: view.id,
          code: '482913',
          to: '+27821234567',
        });
        expect(await directory().testNumber(id, '+27821234568', now)).toBeNull();
        expect(await directory().testNumber(id, '+27821234567', Date.parse(view.ends_at))).toBeNull();
        const other = await anApplication(slice);
        expect(await directory().testNumber(other.id, '+27821234567', now)).toBeNull();
      });

      it('leave neither destination nor code in a table or in the log', async () => {
        const { id } = await anApplication(slice);
        await added(id, '+27831112222', { code: '9135724680' });
        const rows = [
          ...(await slice.database.query('SELECT * FROM test_number WHERE application_id = ?', [id])),
          ...(await slice.database.query('SELECT * FROM audit_event WHERE target_id = ?', [id])),
        ];
        expect(rows).toHaveLength(3);
        expect(JSON.stringify(rows)).not.toMatch(/9135724680|27831112222/);
      });

      it('end within 90 days', async () => {
        const { id } = await anApplication(slice);
        const refusal = { code: 'test_number_invalid', details: { param: 'ends_at' } };
        await expect(added(id, '+27821234567', { ends_at: inDays(90.01) })).rejects.toMatchObject(refusal);
        await expect(added(id, '+27821234567', { ends_at: inDays(0) })).rejects.toMatchObject(refusal);
        expect(await added(id, '+27821234567', { ends_at: inDays(90) })).toMatchObject({ expired: false });
      });

      it('are at most ten, however many are added at once', async () => {
        const { id, organizationId } = await anApplication(slice);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 14 }, (_, index) => added(id, `+2782123450${index + 10}`)),
        );
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(10);
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'test_number_limit' });
        }
        const { data } = await slice.get(ReadTestNumbers).execute(id, memberOf(organizationId));
        expect(data).toHaveLength(10);
      });

      it('are one for a destination, and gone at once when removed', async () => {
        const { id, organizationId } = await anApplication(slice);
        const view = await added(id, 'Ada@EXAMPLE.com');
        await expect(added(id, 'Ada@example.com')).rejects.toMatchObject({ code: 'test_number_exists' });
        expect(await directory().testNumber(id, 'Ada@example.com', slice.clock.recordedAt())).not.toBeNull();
        await slice.get(RemoveTestNumber).execute(id, view.id, memberOf(organizationId));
        expect(await directory().testNumber(id, 'Ada@example.com', slice.clock.recordedAt())).toBeNull();
        const actions = (await audited(id)).map((event) => event.action);
        expect(actions).toEqual(['application.created', 'test_number.added', 'test_number.removed']);
      });

      it('are kept in the form in which verifications read destinations', async () => {
        slice.get(DestinationForms).register((input) => ({ to: input.replace('+54', '+549'), masked: '+54***' }));
        const { id } = await anApplication(slice);
        expect(await added(id, '+541123456789')).toMatchObject({ to: '+54***' });
        expect(await directory().testNumber(id, '+5491123456789', slice.clock.recordedAt())).not.toBeNull();
      });
    });
  });
});
