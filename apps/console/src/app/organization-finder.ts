import { HttpClient, HttpContext } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { Session, UNSCOPED } from '@tollgate/console/platform';
import type { ScopeOrganization } from '@tollgate/console/platform';
import type { OrganizationView, Page } from '@tollgate/contracts';
import { firstValueFrom } from 'rxjs';

/** Finds organizations on the server: by the slug of an address, and by text for the switcher. */
@Service()
export class OrganizationFinder {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly known = new Map<string, ScopeOrganization>();

  /** Null when there is none, or it is not the caller's. */
  async bySlug(slug: string): Promise<ScopeOrganization | null> {
    const session = this.session.view();
    if (session?.organization.slug === slug && !session.organization.built_in) return session.organization;
    if (!session?.can_select_organization) return null;
    const known = this.known.get(slug);
    if (known) return known;
    return (await this.search(slug)).find((organization) => organization.slug === slug) ?? null;
  }

  /** The first few whose name or slug holds the text. */
  async search(text: string): Promise<readonly ScopeOrganization[]> {
    const q = text.trim();
    const { data } = await firstValueFrom(
      this.http.get<Page<OrganizationView>>('/v1/organizations', {
        params: { limit: 20, sort: 'name', ...(q ? { q } : {}) },
        context: new HttpContext().set(UNSCOPED, true),
      }),
    );
    const found = data
      .filter((one) => !one.built_in)
      .map(({ id, slug, name, status, settings }) => ({ id, slug, name, status, time_zone: settings.time_zone }));
    for (const one of found) this.known.set(one.slug, one);
    return found;
  }

  /** After an organization changed: its name or status is read again. */
  forget(slug: string): void {
    this.known.delete(slug);
  }
}
