import { Service, computed, inject, signal } from '@angular/core';
import type { OrganizationRef } from '@tollgate/contracts';
import { Session } from './session';

export type ScopeName = 'me' | 'organization' | 'finance' | 'platform';

/** The organization of an address `/o/:org`, as far as the console needs it. */
export type ScopeOrganization = Pick<OrganizationRef, 'id' | 'slug' | 'name' | 'status' | 'time_zone'>;

/** Which of the four scopes the present page is in, and of which organization. Set by the router's guards. */
@Service()
export class ActiveScope {
  private readonly session = inject(Session);
  private readonly current = signal<ScopeName>('me');
  private readonly org = signal<ScopeOrganization | null>(null);

  readonly name = this.current.asReadonly();
  readonly organization = computed(() => (this.current() === 'organization' ? this.org() : null));
  /** The id of the organization that pages act in, or null when they span all. */
  readonly organizationId = computed(() => this.organization()?.id ?? null);
  /**
   * What goes into `Tollgate-Organization`: only staff of the platform choose, and only an organization other than
   * the one that their session belongs to.
   */
  readonly header = computed(() => {
    const session = this.session.view();
    const organization = this.organization();
    if (!session?.can_select_organization || !organization) return null;
    return organization.id;
  });
  /** Where links of this scope start: `/o/acme`, `/platform`. */
  readonly root = computed(() => {
    const organization = this.organization();
    return organization ? `/o/${organization.slug}` : `/${this.current()}`;
  });

  enter(name: ScopeName, organization: ScopeOrganization | null = null): void {
    this.current.set(name);
    if (name === 'organization') this.org.set(organization);
  }
}
