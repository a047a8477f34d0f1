import { BUILT_IN_ROLES, type OrganizationRole, type PlatformRole } from '@tollgate/contracts';
import { newId, type Principal } from '@tollgate/api/kernel';

const session = (
  label: string,
): Pick<Principal, 'kind' | 'id' | 'label' | 'applicationId' | 'userId' | 'test' | 'assurance'> => ({
  kind: 'session',
  id: newId('ses'),
  label,
  applicationId: null,
  userId: newId('usr'),
  test: null,
  assurance: { level: 2, authenticatedAt: Date.now() },
});

/** Somebody of an organization with a built-in role. */
export function member(organizationId: string, role: OrganizationRole, label = `${role}@acme.example`): Principal {
  return {
    ...session(label),
    organizationId,
    actingOrganizationId: organizationId,
    platformStaff: false,
    roles: [role],
    permissions: new Set(BUILT_IN_ROLES.organization[role]),
  };
}

/** Staff of the platform with a built-in role, acting in one organization or in none. */
export function staff(role: PlatformRole, actingIn: string | null = null): Principal {
  return {
    ...session(`${role}@platform.example`),
    organizationId: newId('org'),
    actingOrganizationId: actingIn,
    platformStaff: true,
    roles: [role],
    permissions: new Set(BUILT_IN_ROLES.platform[role]),
  };
}
