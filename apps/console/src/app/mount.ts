import { inject } from '@angular/core';
import type { CanMatchFn, Route, Routes } from '@angular/router';
import { Permissions } from '@tollgate/console/platform';
import type { ScopeName } from '@tollgate/console/platform';
import { unsavedGuard } from '@tollgate/console/ui';
import type { PageEntry } from './pages';

/** A route of an area as it stands in one scope. `data.scopes` keeps a route to some of the scopes of its path. */
const stands = (route: Route, scope: ScopeName): boolean => {
  const scopes = route.data?.['scopes'] as readonly ScopeName[] | undefined;
  return scopes === undefined || scopes.includes(scope);
};

/** The page that a route belongs to: the entry with the longest path that begins the route's. */
export function pageOf(route: Route, scope: ScopeName, pages: readonly PageEntry[]): PageEntry | undefined {
  const path = route.path ?? '';
  return pages
    .filter((page) => page.scope === scope && (path === page.path || path.startsWith(`${page.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * The routes of one scope: each area's routes that have a page there. Who lacks the permission never downloads the
 * page and sees why; leaving a page with unsaved input asks.
 */
export function mount(scope: ScopeName, areas: readonly Routes[], pages: readonly PageEntry[]): Routes {
  return areas.flat().flatMap((route): Routes => {
    const page = pageOf(route, scope, pages);
    if (!page || !stands(route, scope)) return [];
    const allowed: CanMatchFn = () => page.permission === undefined || inject(Permissions).can(page.permission);
    return [
      guarded({ ...route, canMatch: [allowed, ...(route.canMatch ?? [])], data: { ...route.data, page } }),
      ...(page.permission === undefined
        ? []
        : [
            {
              path: route.path ?? '',
              data: { page },
              loadComponent: () => import('./shell/forbidden').then((m) => m.Forbidden),
            },
          ]),
    ];
  });
}

function guarded(route: Route): Route {
  if (route.children) return { ...route, children: route.children.map(guarded) };
  return { ...route, canDeactivate: [unsavedGuard, ...(route.canDeactivate ?? [])] };
}

/** The pages of the navigation: those whose route stands in the scope. */
export function mounted(areas: readonly Routes[], pages: readonly PageEntry[]): readonly PageEntry[] {
  return pages.filter((page) =>
    areas.flat().some((route) => stands(route, page.scope) && pageOf(route, page.scope, pages) === page),
  );
}
