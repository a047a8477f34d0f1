import type { Permission } from '@tollgate/contracts';
import type { Principal } from '@tollgate/api/kernel';
import { RoleBook, UserFacts } from '../lib/user-directory';
import type { Slice } from '@tollgate/api/testing';

/** The principal of a user's fresh session, acting in an organization: their own unless told. */
export function callerOf(slice: Pick<Slice, 'get'>, user: UserFacts, changes: Partial<Principal> = {}): Principal {
  const permissions: ReadonlySet<Permission> = slice.get(RoleBook).permissionsOf(user.roles);
  return {
    kind: 'session',
    id: `ses_${user.id.slice(4)}`,
    label: user.email,
    organizationId: user.organizationId,
    actingOrganizationId: user.organizationId,
    applicationId: null,
    userId: user.id,
    test: null,
    platformStaff: false,
    roles: user.roles,
    permissions,
    assurance: { level: 1, authenticatedAt: 0 },
    ...changes,
  };
}
