import { Service, computed, inject } from '@angular/core';
import { ActiveScope, Session } from '@tollgate/console/platform';
import type { ScopeName } from '@tollgate/console/platform';
import { AREAS } from './areas';
import { mounted } from './mount';
import { PAGES } from './pages';
import type { PageEntry } from './pages';

/** A scope as a place to go to. */
export interface Place {
  readonly scope: ScopeName;
  readonly label: string;
  readonly hint: string;
  readonly link: string;
}

/** Where the signed-in person can go: scopes, and the pages of each that their permissions show. */
@Service()
export class Places {
  private readonly session = inject(Session);
  private readonly scope = inject(ActiveScope);
  private readonly all = mounted(AREAS, PAGES);

  /** The pages of the present scope. */
  readonly pages = computed(() => this.pagesOf(this.scope.name()));

  readonly places = computed<readonly Place[]>(() => {
    const own = this.session.view()?.organization;
    const places: Place[] = [];
    if (this.mayEnter('platform')) {
      places.push({ scope: 'platform', label: 'Platform', hint: 'The whole installation', link: '/platform' });
    }
    if (this.mayEnter('finance')) {
      places.push({ scope: 'finance', label: 'Finance', hint: 'Credits, prices, exports', link: '/finance' });
    }
    if (own && !own.built_in) {
      places.push({ scope: 'organization', label: own.name, hint: 'Your organization', link: `/o/${own.slug}` });
    }
    places.push({ scope: 'me', label: 'You', hint: 'Profile, security, sessions', link: '/me' });
    return places;
  });

  mayEnter(scope: ScopeName): boolean {
    const session = this.session.view();
    if (!session) return false;
    if (scope === 'me') return true;
    if (scope === 'organization') return session.can_select_organization || !session.organization.built_in;
    if (!session.platform_staff) return false;
    return scope === 'platform' || this.session.can('credit_entries:read');
  }

  pagesOf(scope: ScopeName): readonly PageEntry[] {
    return this.all.filter(
      (page) => page.scope === scope && (page.permission === undefined || this.session.can(page.permission)),
    );
  }

  firstPage(scope: ScopeName): string | null {
    return this.pagesOf(scope)[0]?.path ?? null;
  }

  /** Where somebody starts: staff of finance in Finance, other staff on the platform, everybody else at home. */
  home(): string {
    const session = this.session.view();
    if (session?.platform_staff) return session.roles.every((role) => role === 'finance') ? '/finance' : '/platform';
    return session && !session.organization.built_in ? `/o/${session.organization.slug}` : '/me';
  }

  /** The address of a page of the present scope. */
  linkOf(page: PageEntry): string {
    return `${page.scope === 'organization' ? this.scope.root() : `/${page.scope}`}/${page.path}`;
  }
}
