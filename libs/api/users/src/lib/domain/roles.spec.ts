import type { Permission } from '@tollgate/contracts';
import { ROLES, mayAssign, permissionsOf, roleOf } from './roles';

const can = (role: string, given: string, level: 'platform' | 'organization') =>
  mayAssign(permissionsOf([role]), given, level);

describe('the built-in roles', () => {
  it('have a name and a description each, and no key twice', () => {
    expect(ROLES.every((role) => role.name !== role.key && role.description !== '')).toBe(true);
    expect(new Set(ROLES.map((role) => role.key)).size).toBe(ROLES.length);
  });

  it('give the union of their permissions, and nothing for an unknown key', () => {
    const both = permissionsOf(['billing', 'viewer']);
    expect(both.has('credits:read')).toBe(true);
    expect(both.has('applications:read')).toBe(true);
    expect(permissionsOf(['no_such_role']).size).toBe(0);
    expect(roleOf('no_such_role')).toBeNull();
  });
});

describe('giving a role', () => {
  it('lets an owner give every role of the organization', () => {
    for (const role of ['owner', 'admin', 'developer', 'billing', 'viewer']) {
      expect(can('owner', role, 'organization')).toBe(true);
    }
  });

  it('refuses a role above the own: an admin makes no owner', () => {
    expect(can('admin', 'owner', 'organization')).toBe(false);
    expect(can('admin', 'admin', 'organization')).toBe(true);
  });

  it('lets a super admin give every role at both levels', () => {
    for (const role of ROLES) expect(can('super_admin', role.key, role.level)).toBe(true);
  });

  it('keeps the levels apart: no platform role in an organization, and the reverse', () => {
    expect(can('super_admin', 'support', 'organization')).toBe(false);
    expect(can('super_admin', 'viewer', 'platform')).toBe(false);
    expect(can('owner', 'super_admin', 'organization')).toBe(false);
  });

  it('refuses whoever may not manage the team, whatever else they hold', () => {
    const auditor = permissionsOf(['auditor']);
    expect(mayAssign(auditor, 'compliance', 'platform')).toBe(false);
    const almost = new Set<Permission>(permissionsOf(['viewer']));
    expect(mayAssign(almost, 'viewer', 'organization')).toBe(false);
  });
});
