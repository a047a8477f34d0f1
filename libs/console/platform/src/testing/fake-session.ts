import { PERMISSIONS } from '@tollgate/contracts';
import type { OrganizationRef, Permission, SessionView } from '@tollgate/contracts';

export interface FakeSessionOptions {
  /** Everything unless told. */
  readonly permissions?: readonly Permission[];
  readonly roles?: readonly string[];
  /** Staff of the platform, who may choose an organization. */
  readonly staff?: boolean;
  readonly session?: Partial<SessionView>;
}

export const fakeOrganization = (more: Partial<OrganizationRef> = {}): OrganizationRef => ({
  id: 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
  slug: 'acme',
  name: 'Acme',
  status: 'active',
  built_in: false,
  time_zone: 'UTC',
  locale: 'en',
  ...more,
});

/** Somebody signed in. */
export function fakeSession(options: FakeSessionOptions = {}): SessionView {
  const staff = options.staff ?? false;
  return {
    id: 'ses_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
    user: {
      id: 'usr_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
      email: 'thandi@example.com',
      name: 'Thandi Mokoena',
      locale: 'en',
      time_zone: 'UTC',
      second_factor: true,
    },
    organization: fakeOrganization(staff ? { slug: 'platform', name: 'Tollgate', built_in: true } : {}),
    acting_organization: null,
    can_select_organization: staff,
    platform_staff: staff,
    roles: [...(options.roles ?? [staff ? 'super_admin' : 'owner'])],
    permissions: [...(options.permissions ?? (Object.keys(PERMISSIONS) as Permission[]))],
    assurance: {
      level: 2,
      authenticated_at: '2026-11-22T11:55:00.000Z',
      step_up_until: '2099-01-01T00:00:00.000Z',
    },
    expires_at: '2099-01-01T00:00:00.000Z',
    environment: { profile: 'test', version: '0.0.0' },
    ...options.session,
  };
}
