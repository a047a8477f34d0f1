import { jest } from '@jest/globals';
import { OrganizationDirectory, OrganizationsModule } from '../index';
import { anOrganization } from '../testing';
import { systemPrincipal, type Principal } from '@tollgate/api/kernel';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { CreateOrganization } from './create-organization';
import { EditOrganization } from './edit-organization';
import { ReadOrganizations } from './read-organizations';
import { SuspendOrganization } from './suspend-organization';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

const memberOf = (organizationId: string): Principal => ({
  ...systemPrincipal('spec', organizationId),
  kind: 'session',
  userId: 'usr_1',
});
const superAdmin: Principal = { ...memberOf('org_0'), platformStaff: true, actingOrganizationId: null };

onBothEngines((engine) => {
  describe('organizations', () => {
    let slice: Slice;
    beforeAll(async () => {
      slice = await bootSlice({ engine, modules: [OrganizationsModule] });
    });
    afterAll(() => slice.close());

    const audited = async (
      organizationId: string,
    ): Promise<{ action: string; changes: string; reason: string | null }[]> =>
      slice.database.query(
        'SELECT action, changes, reason FROM audit_event WHERE organization_id = ? ORDER BY occurred_at, id',
        [organizationId],
      );

    it('begin with the built-in organization of the platform, once', async () => {
      const id = await slice.get(OrganizationDirectory).platformId();
      expect(await slice.get(OrganizationDirectory).get(id)).toMatchObject({ slug: 'platform', builtIn: true });
      const { data } = await slice.get(ReadOrganizations).page({ built_in: 'true' }, superAdmin);
      expect(data.map((organization) => organization.id)).toEqual([id]);
    });

    it('are created with defaults, audited, and found in the directory', async () => {
      const created = await slice
        .get(CreateOrganization)
        .execute({ name: 'Acme Shop', settings: { time_zone: 'Asia/Kolkata' } });
      expect(created).toMatchObject({
        name: 'Acme Shop',
        status: 'active',
        version: 1,
        settings: {
          time_zone: 'Asia/Kolkata',
          locale: 'en',
          refund_undelivered: false,
          destination_retention_days: 90,
        },
      });
      expect(created.slug).toMatch(/^acme-shop-/);
      expect(await slice.get(OrganizationDirectory).get(created.id)).toMatchObject({
        settings: { timeZone: 'Asia/Kolkata' },
      });
      const [event] = await audited(created.id);
      expect(event?.action).toBe('organization.created');
      expect(JSON.parse(event?.changes ?? '')).toContainEqual({ field: 'name', before: null, after: 'Acme Shop' });
    });

    it('have slugs of their own: of many creations with one slug exactly one succeeds', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => slice.get(CreateOrganization).execute({ name: 'Twin', slug: 'twin' })),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(7);
      for (const outcome of refused) expect(outcome.reason).toMatchObject({ code: 'slug_taken' });
      const { data } = await slice.get(ReadOrganizations).page({ q: 'twin' }, superAdmin);
      expect(data).toHaveLength(1);
      const [only] = data;
      expect(await audited(only?.id ?? '')).toHaveLength(1);
    });

    it('may not take a reserved slug', async () => {
      const create = slice.get(CreateOrganization).execute({ name: 'X', slug: 'sign-in' });
      await expect(create).rejects.toMatchObject({ code: 'slug_taken', details: { param: 'slug' } });
    });

    it('are listed with search, filters and sorts, to staff of the platform', async () => {
      const marker = `zq${engine}`;
      for (const name of [`${marker} Beta`, `${marker} alpha 100%`, `${marker} Gamma`]) {
        slice.clock.advance(1);
        await slice.get(CreateOrganization).execute({ name, country: 'ZA' });
      }
      const names = async (query: object): Promise<string[]> => {
        const { data } = await slice.get(ReadOrganizations).page({ q: marker.toUpperCase(), ...query }, superAdmin);
        return data.map((organization) => organization.name.slice(marker.length + 1));
      };
      expect(await names({})).toEqual(['Gamma', 'alpha 100%', 'Beta']);
      expect(await names({ sort: 'name' })).toEqual(['Beta', 'Gamma', 'alpha 100%']);
      expect(await names({ q: '100%' })).toEqual(['alpha 100%']);
      expect(await names({ q: '100_' })).toEqual([]);
      expect(await names({ q: 'größe …' })).toEqual([]);
      expect(await names({ status: 'suspended' })).toEqual([]);
      expect(await names({ country: 'ZA' })).toHaveLength(3);
      const first = await slice.get(ReadOrganizations).page({ q: marker, limit: 2 }, superAdmin);
      expect(first).toMatchObject({ total_estimate: 3 });
      const next = await slice
        .get(ReadOrganizations)
        .page({ q: marker, limit: 2, cursor: first.next_cursor ?? '' }, superAdmin);
      expect(next.data.map((organization) => organization.name)).toEqual([`${marker} Beta`]);
      expect(next.next_cursor).toBeNull();
    });

    it('are invisible to members of another', async () => {
      const mine = await anOrganization(slice);
      const other = await anOrganization(slice);
      const { data } = await slice.get(ReadOrganizations).page({}, memberOf(mine.id));
      expect(data.map((organization) => organization.id)).toEqual([mine.id]);
      const { data: none } = await slice.get(ReadOrganizations).page({ q: other.id }, memberOf(mine.id));
      expect(none).toEqual([]);
      const acts = await Promise.allSettled([
        slice.get(ReadOrganizations).one(other.id, memberOf(mine.id)),
        slice.get(EditOrganization).execute(other.id, { version: 1, name: 'Mine' }, memberOf(mine.id)),
        slice.get(SuspendOrganization).suspend(other.id, 'x', memberOf(mine.id)),
        slice.get(SuspendOrganization).reactivate(other.id, undefined, memberOf(mine.id)),
      ]);
      for (const act of acts) expect(act).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
      expect(await slice.get(OrganizationDirectory).get(other.id)).toMatchObject({
        name: other.name,
        status: 'active',
      });
    });

    it('are edited with each changed field in the log, and nothing when nothing changed', async () => {
      const organization = await anOrganization(slice);
      const edit = slice.get(EditOrganization);
      const member = memberOf(organization.id);
      const edited = await edit.execute(
        organization.id,
        { version: 1, name: 'New name', settings: { daily_spend_cap: 5_000_000, locale: 'pt-br' } },
        member,
      );
      expect(edited).toMatchObject({
        version: 2,
        name: 'New name',
        settings: { daily_spend_cap: 5_000_000, locale: 'pt-BR' },
      });
      expect(await slice.get(OrganizationDirectory).get(organization.id)).toMatchObject({
        settings: { dailySpendCap: 5_000_000 },
      });
      expect(await edit.execute(organization.id, { version: 2, name: 'New name' }, member)).toMatchObject({
        version: 2,
      });
      const events = await audited(organization.id);
      expect(events.map((event) => event.action)).toEqual(['organization.created', 'organization.updated']);
      expect(JSON.parse(events[1]?.changes ?? '')).toEqual([
        { field: 'name', before: organization.name, after: 'New name' },
        { field: 'settings.locale', before: 'en', after: 'pt-BR' },
        { field: 'settings.daily_spend_cap', before: null, after: 5_000_000 },
      ]);
    });

    it('conflict when somebody else edited meanwhile: of many editors of one version exactly one succeeds', async () => {
      const organization = await anOrganization(slice);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          slice
            .get(EditOrganization)
            .execute(organization.id, { version: 1, name: `Editor ${index}` }, memberOf(organization.id)),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'version_conflict' });
      }
      expect(await audited(organization.id)).toHaveLength(2);
    });

    it('leave to staff of the platform who pays for what was not delivered', async () => {
      const organization = await anOrganization(slice);
      const change = { version: 1, settings: { refund_undelivered: true } };
      await expect(
        slice.get(EditOrganization).execute(organization.id, change, memberOf(organization.id)),
      ).rejects.toMatchObject({ code: 'permission_denied' });
      expect(await slice.get(EditOrganization).execute(organization.id, change, superAdmin)).toMatchObject({
        settings: { refund_undelivered: true },
      });
    });

    it('are suspended with a reason and reactivated, at once in the directory', async () => {
      const { id } = await anOrganization(slice);
      const directory = slice.get(OrganizationDirectory);
      const suspended = await slice.get(SuspendOrganization).suspend(id, 'unpaid', superAdmin);
      expect(suspended).toMatchObject({ status: 'suspended', suspension_reason: 'unpaid' });
      expect(suspended.suspended_at).not.toBeNull();
      expect((await directory.get(id)).status).toBe('suspended');
      await expect(slice.get(SuspendOrganization).suspend(id, 'again', superAdmin)).rejects.toMatchObject({
        code: 'organization_state',
      });
      const back = await slice.get(SuspendOrganization).reactivate(id, 'paid', superAdmin);
      expect(back).toMatchObject({ status: 'active', suspension_reason: null, suspended_at: null });
      expect((await directory.get(id)).status).toBe('active');
      await expect(slice.get(SuspendOrganization).reactivate(id, undefined, superAdmin)).rejects.toMatchObject({
        code: 'organization_state',
      });
      expect((await audited(id)).map(({ action, reason }) => [action, reason])).toEqual([
        ['organization.created', null],
        ['organization.suspended', 'unpaid'],
        ['organization.reactivated', 'paid'],
      ]);
    });

    it('cannot suspend the platform itself, nor give it another slug', async () => {
      const id = await slice.get(OrganizationDirectory).platformId();
      await expect(slice.get(SuspendOrganization).suspend(id, 'x', superAdmin)).rejects.toMatchObject({
        code: 'built_in_organization',
      });
      const { version } = await slice.get(ReadOrganizations).one(id, superAdmin);
      await expect(
        slice.get(EditOrganization).execute(id, { version, slug: 'something-else' }, superAdmin),
      ).rejects.toMatchObject({ code: 'built_in_organization' });
    });

    it('are suspended in every process as soon as it has looked', async () => {
      const beside = await bootSlice({ engine, modules: [OrganizationsModule], beside: slice });
      try {
        const { id } = await anOrganization(slice);
        expect((await beside.get(OrganizationDirectory).get(id)).status).toBe('active');
        await slice.get(SuspendOrganization).suspend(id, 'fraud', superAdmin);
        let { status } = await beside.get(OrganizationDirectory).get(id);
        while (status === 'active') {
          await new Promise((resolve) => setTimeout(resolve, 20));
          ({ status } = await beside.get(OrganizationDirectory).get(id));
        }
        expect(status).toBe('suspended');
      } finally {
        await beside.close();
      }
    });
  });
});
