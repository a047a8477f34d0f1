import type { Permission } from '@tollgate/contracts';

/** Who is calling, whatever the credential was. Made by a strategy, never by a body. */
export interface Principal {
  readonly kind: 'api_key' | 'session' | 'access_token' | 'service_key' | 'system';
  /** The credential: `key_…`, `ses_…`. */
  readonly id: string;
  /** What audit rows show: an e-mail address, or a key's name. */
  readonly label: string;
  /** The organization that the credential belongs to. */
  readonly organizationId: string;
  /**
   * The organization that this request acts in: the credential's own, or for staff of the platform the one named by
   * `Tollgate-Organization`. Null only for staff of the platform who named none: then reads span all.
   */
  readonly actingOrganizationId: string | null;
  readonly applicationId: string | null;
  readonly userId: string | null;
  /** True for a test key, false for a live key, null for people. */
  readonly test: boolean | null;
  readonly platformStaff: boolean;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** How surely: 1 = one factor, 2 = two; and when it was proven, epoch ms. Keys have level 1 and their own age. */
  readonly assurance: { readonly level: 1 | 2; readonly authenticatedAt: number };
}

/** The rows a caller may touch. Repositories of organization tables demand one. `null` = all, staff of the platform only. */
export interface OrganizationScope {
  readonly organizationId: string | null;
}

export function scopeOf(principal: Principal): OrganizationScope {
  if (principal.actingOrganizationId === null && !principal.platformStaff) {
    throw new Error('a principal outside the platform always acts in an organization');
  }
  return { organizationId: principal.actingOrganizationId };
}

/** The principal of work that no request caused: jobs, sweeps, start-up. */
export function systemPrincipal(name: string, organizationId: string): Principal {
  return {
    kind: 'system',
    id: `system:${name}`,
    label: `system:${name}`,
    organizationId,
    actingOrganizationId: organizationId,
    applicationId: null,
    userId: null,
    test: null,
    platformStaff: false,
    roles: [],
    permissions: new Set(),
    assurance: { level: 1, authenticatedAt: 0 },
  };
}
