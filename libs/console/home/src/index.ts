import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const homeRoutes: Routes = [
  { path: 'home', title: 'Home', loadComponent: () => import('./lib/overview').then((m) => m.OverviewPage) },
  { path: 'overview', title: 'Overview', loadComponent: () => import('./lib/overview').then((m) => m.OverviewPage) },
];
