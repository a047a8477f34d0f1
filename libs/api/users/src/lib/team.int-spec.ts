import { jest } from '@jest/globals';
import { DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { RoleBook, UserDirectory, UserFacts } from './user-directory';
import { StaffDirectory } from './staff-directory';
import { UsersModule } from './users.module';
import { aUser } from '../testing/a-user';
import { callerOf } from '../testing/a-caller';
import { ChangeTeamMember } from './change-team-member';
import { ListRoles } from './list-roles';
import { ListTeam } from './list-team';
import { ReadTeamMember } from './read-team-member';
import { RemoveTeamMember } from './remove-team-member';

// A busy machine takes its time.
jest.setTimeout(60_000);

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

onBothEngines((engine) => {
  let slice: Slice;
  let organizationId: string;
  let owner: UserFacts;
  let caller: Principal;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [UsersModule] });
  });
  afterAll(() => slice.close());
  beforeEach(async () => {
    organizationId = (await anOrganization(slice)).id;
    owner = await aUser(slice, { organizationId, roles: ['owner'] });
    caller = callerOf(slice, owner);
  });

  const change = (userId: string, wish: object, by: Principal = caller) =>
    slice.get(ChangeTeamMember).execute(userId, wish, by);
  const member = (roles: string[], name?: string) =>
    aUser(slice, { organizationId, roles, ...(name === undefined ? {} : { name }) });

  describe('the directory', () => {
    it('takes an address once an organization, however it is written, and again after its user is removed', async () => {
      const users = slice.get(UserDirectory);
      const email = `${newId('usr').toLowerCase()}@example.com`;
      const first = await aUser(slice, { organizationId, email });
      expect(await codeOf(aUser(slice, { organizationId, email }))).toBe('member_exists');
      const other = (await anOrganization(slice)).id;
      expect((await aUser(slice, { organizationId: other, email })).organizationId).toBe(other);
      await slice.get(RemoveTeamMember).execute(first.id, caller);
      expect(await users.find(first.id)).toBeNull();
      expect((await aUser(slice, { organizationId, email })).email).toBe(email);
    });

    it('lets one of fifty parallel joins of the same address through', async () => {
      const email = `${newId('usr').toLowerCase()}@example.com`;
      const codes = await Promise.all(
        Array.from({ length: 50 }, () => codeOf(aUser(slice, { organizationId, email }))),
      );
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
      expect(codes.filter((code) => code === 'member_exists')).toHaveLength(49);
    });

    it('finds staff by address in every organization, who signed in last first', async () => {
      const users = slice.get(UserDirectory);
      const email = `${newId('usr').toLowerCase()}@example.com`;
      const here = await aUser(slice, { organizationId, email });
      const there = await aUser(slice, {
        organizationId: (await anOrganization(slice)).id,
        email,
        roles: ['admin', 'billing'],
      });
      await aUser(slice, { organizationId: (await anOrganization(slice)).id, email, roles: [] });
      await users.noteSignIn(there.id, 5_000);
      const found = await users.staffByEmail(email);
      expect(found.map(({ id, roles }) => [id, roles])).toEqual([
        [there.id, ['admin', 'billing']],
        [here.id, ['viewer']],
      ]);
      expect(await users.staffByEmail('nobody@example.com')).toEqual([]);
      expect(await users.staffByEmail('')).toEqual([]);
    });

    it('changes a profile only at the version that was read', async () => {
      const users = slice.get(UserDirectory);
      const changed = await users.updateProfile(owner.id, { name: 'Änn Ö' }, owner.version);
      expect(changed).toMatchObject({ name: 'Änn Ö', version: owner.version + 1 });
      expect(await codeOf(users.updateProfile(owner.id, { name: 'B' }, owner.version))).toBe('version_conflict');
    });
  });

  describe('changing roles', () => {
    it('gives and takes roles, ends sessions with it, and says so in the audit log', async () => {
      const other = await member(['viewer']);
      const after = await change(other.id, { roles: ['admin', 'billing'] });
      expect(after.roles).toEqual(['admin', 'billing']);
      expect(after.securityEpoch).toBe(other.securityEpoch + 1);
      const [event] = await slice.database.query<{ changes: string }>(
        "SELECT changes FROM audit_event WHERE action = 'user.roles_changed' AND target_id = ?",
        [other.id],
      );
      expect(JSON.parse(event?.changes ?? '[]')).toEqual([
        { field: 'roles', before: ['viewer'], after: ['admin', 'billing'] },
      ]);
    });

    it('ends nobody’s sessions when nothing changes', async () => {
      const other = await member(['viewer', 'billing']);
      const after = await change(other.id, { roles: ['billing', 'viewer'], status: 'active' });
      expect(after.securityEpoch).toBe(other.securityEpoch);
    });

    it('refuses a role above the own, and to touch somebody who holds one', async () => {
      const admin = callerOf(slice, await member(['admin']));
      const other = await member(['viewer']);
      expect(await codeOf(change(other.id, { roles: ['owner'] }, admin))).toBe('role_not_assignable');
      expect(await codeOf(change(owner.id, { roles: ['viewer'] }, admin))).toBe('role_not_assignable');
      expect(await codeOf(change(owner.id, { status: 'disabled' }, admin))).toBe('role_not_assignable');
      expect(await codeOf(slice.get(RemoveTeamMember).execute(owner.id, admin))).toBe('role_not_assignable');
      expect(await codeOf(change(other.id, { roles: ['super_admin'] }))).toBe('role_not_assignable');
      expect(await codeOf(change(other.id, { roles: ['no_such_role'] }))).toBe('role_not_assignable');
    });

    it('refuses to change oneself', async () => {
      expect(await codeOf(change(owner.id, { roles: ['viewer'] }))).toBe('own_membership');
      expect(await codeOf(slice.get(RemoveTeamMember).execute(owner.id, caller))).toBe('own_membership');
    });

    it('reads people of another organization as not found, and changes nothing', async () => {
      const stranger = await aUser(slice, { organizationId: (await anOrganization(slice)).id });
      expect(await codeOf(change(stranger.id, { status: 'disabled' }))).toBe('not_found');
      expect(await codeOf(slice.get(ReadTeamMember).execute(stranger.id, caller))).toBe('not_found');
      expect(await codeOf(slice.get(RemoveTeamMember).execute(stranger.id, caller))).toBe('not_found');
      expect((await slice.get(UserDirectory).find(stranger.id))?.status).toBe('active');
    });

    it('refuses a change of what somebody else has changed meanwhile', async () => {
      const other = await member(['viewer']);
      await change(other.id, { roles: ['billing'], version: other.version });
      expect(await codeOf(change(other.id, { roles: ['developer'], version: other.version }))).toBe('version_conflict');
    });
  });

  describe('the last owner', () => {
    const superAdmin = (): Principal => ({
      ...caller,
      userId: newId('usr'),
      platformStaff: true,
      actingOrganizationId: organizationId,
      permissions: slice.get(RoleBook).permissionsOf(['super_admin']),
    });

    it('keeps role, status and membership', async () => {
      const staff = superAdmin();
      expect(await codeOf(change(owner.id, { roles: ['admin'] }, staff))).toBe('last_owner');
      expect(await codeOf(change(owner.id, { status: 'disabled' }, staff))).toBe('last_owner');
      expect(await codeOf(slice.get(RemoveTeamMember).execute(owner.id, staff))).toBe('last_owner');
      expect(await slice.get(UserDirectory).find(owner.id)).toMatchObject({ status: 'active', roles: ['owner'] });
    });

    it('is counted among the active only', async () => {
      const second = await member(['owner']);
      const staff = superAdmin();
      await change(second.id, { status: 'disabled' }, staff);
      expect(await codeOf(change(owner.id, { roles: ['admin'] }, staff))).toBe('last_owner');
      await change(second.id, { status: 'active' }, staff);
      expect((await change(owner.id, { roles: ['admin'] }, staff)).roles).toEqual(['admin']);
    });

    it('stays when ten owners are demoted, disabled and removed by each other at once', async () => {
      const owners = [owner, ...(await Promise.all(Array.from({ length: 9 }, () => member(['owner']))))];
      const codes = await Promise.all(
        owners.map((target, i) => {
          const by = callerOf(slice, owners[(i + 1) % owners.length] ?? owner);
          if (i % 3 === 0) return codeOf(change(target.id, { roles: ['viewer'] }, by));
          if (i % 3 === 1) return codeOf(change(target.id, { status: 'disabled' }, by));
          return codeOf(slice.get(RemoveTeamMember).execute(target.id, by));
        }),
      );
      expect(codes.filter((code) => code === 'done')).toHaveLength(9);
      expect(codes.filter((code) => code === 'last_owner')).toHaveLength(1);
      const left = await slice.get(StaffDirectory).withRoles(organizationId, ['owner']);
      expect(left).toHaveLength(1);
    });
  });

  it('keeps the last super admin of the platform', async () => {
    const platformId = await slice.get(OrganizationDirectory).platformId();
    const first = await aUser(slice, { organizationId: platformId, roles: ['super_admin'] });
    const second = await aUser(slice, { organizationId: platformId, roles: ['super_admin'] });
    const by = (user: UserFacts) => callerOf(slice, user, { platformStaff: true, actingOrganizationId: null });
    const codes = await Promise.all([
      codeOf(change(first.id, { status: 'disabled' }, by(second))),
      codeOf(change(second.id, { roles: ['support'] }, by(first))),
    ]);
    expect(codes.sort()).toEqual(['done', 'last_super_admin']);
    expect(await slice.get(UserDirectory).countActive('super_admin')).toBe(1);
  });

  describe('the list', () => {
    it('pages by cursor over the own organization, and filters', async () => {
      const people = await Promise.all(['developer', 'billing', 'viewer'].map((role) => member([role], `Zoë ${role}`)));
      await aUser(slice, { organizationId, roles: [] });
      const list = slice.get(ListTeam);
      const first = await list.execute({ limit: 2, sort: 'email' }, caller);
      expect(first.data).toHaveLength(2);
      expect(first.total_estimate).toBe(4);
      const second = await list.execute({ limit: 2, sort: 'email', cursor: first.next_cursor ?? '' }, caller);
      expect(second.next_cursor).toBeNull();
      const ids = [...first.data, ...second.data].map(({ id }) => id);
      expect(new Set(ids)).toEqual(new Set([owner.id, ...people.map(({ id }) => id)]));
      expect((await list.execute({ role: 'billing' }, caller)).data.map(({ roles }) => roles)).toEqual([['billing']]);
      expect((await list.execute({ q: 'zo' }, caller)).data).toHaveLength(3);
      expect((await list.execute({ q: '%' }, caller)).data).toHaveLength(0);
      expect((await list.execute({ status: 'disabled' }, caller)).data).toHaveLength(0);
    });

    it('spans all organizations for staff who chose none, and tells the levels apart', async () => {
      const staff: Principal = { ...caller, platformStaff: true, actingOrganizationId: null };
      const platformId = await slice.get(OrganizationDirectory).platformId();
      await aUser(slice, { organizationId: platformId, roles: ['auditor'] });
      const platform = await slice.get(ListTeam).execute({ level: 'platform', limit: 200 }, staff);
      expect(new Set(platform.data.map((row) => row.organization_id))).toEqual(new Set([platformId]));
      const others = await slice.get(ListTeam).execute({ level: 'organization', limit: 200 }, staff);
      expect(others.data.some((row) => row.organization_id === organizationId)).toBe(true);
      expect(others.data.some((row) => row.organization_id === platformId)).toBe(false);
    });
  });

  it('lists roles with what the caller may give', async () => {
    const admin = callerOf(slice, await member(['admin']));
    const roles = await slice.get(ListRoles).execute(undefined, admin);
    expect(roles.map(({ key, assignable }) => [key, assignable])).toEqual([
      ['owner', false],
      ['admin', true],
      ['developer', true],
      ['billing', true],
      ['viewer', true],
    ]);
  });

  it('tells whom to write to', async () => {
    const billing = await member(['billing', 'viewer']);
    const disabled = await member(['billing']);
    await change(disabled.id, { status: 'disabled' });
    expect(await slice.get(StaffDirectory).withRoles(organizationId, ['billing', 'viewer'])).toEqual([
      { userId: billing.id, email: billing.email, name: billing.name, roles: ['billing', 'viewer'] },
    ]);
    expect(await slice.get(StaffDirectory).withRoles(organizationId, [])).toEqual([]);
  });
});
