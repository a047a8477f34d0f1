import { inject } from '@angular/core';
import { RedirectCommand, Router } from '@angular/router';
import type { CanActivateFn, Routes, UrlTree } from '@angular/router';
import { ActiveScope, Session } from '@tollgate/console/platform';
import type { ScopeName } from '@tollgate/console/platform';
import { AREAS } from './areas';
import { mount } from './mount';
import { OrganizationFinder } from './organization-finder';
import { PAGES } from './pages';
import { Places } from './places';
import { Shell } from './shell/shell';

const enter =
  (scope: ScopeName): CanActivateFn =>
  () => {
    if (!inject(Places).mayEnter(scope)) return forbidden();
    inject(ActiveScope).enter(scope);
    return true;
  };

const enterOrganization: CanActivateFn = async (snapshot) => {
  const scope = inject(ActiveScope);
  const router = inject(Router);
  const organization = await inject(OrganizationFinder).bySlug(snapshot.paramMap.get('org') ?? '');
  if (!organization) return new RedirectCommand(router.parseUrl('/not-found'), { skipLocationChange: true });
  scope.enter('organization', organization);
  return true;
};

function forbidden(): RedirectCommand {
  return new RedirectCommand(inject(Router).parseUrl('/forbidden'), { skipLocationChange: true });
}

const home = (): UrlTree => inject(Router).parseUrl(inject(Places).home());
const first = (scope: ScopeName) => (): string => inject(Places).firstPage(scope) ?? 'nothing-here';
const notFound = { path: '**', loadComponent: () => import('./shell/not-found').then((m) => m.NotFound) };

export const routes: Routes = [
  {
    path: '',
    component: Shell,
    canActivate: [() => inject(Session).view() !== null],
    children: [
      { path: '', pathMatch: 'full', redirectTo: home },
      { path: 'forbidden', loadComponent: () => import('./shell/forbidden').then((m) => m.Forbidden) },
      ...(['me', 'finance', 'platform'] as const).map((scope) => ({
        path: scope,
        canActivate: [enter(scope)],
        children: [
          { path: '', pathMatch: 'full' as const, redirectTo: first(scope) },
          ...mount(scope, AREAS, PAGES),
          notFound,
        ],
      })),
      {
        path: 'o/:org',
        canActivate: [enterOrganization],
        children: [
          { path: '', pathMatch: 'full', redirectTo: first('organization') },
          ...mount('organization', AREAS, PAGES),
          notFound,
        ],
      },
      notFound,
    ],
  },
];
