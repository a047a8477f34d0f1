import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const creditsRoutes: Routes = [
  { path: 'credits', title: 'Credits', loadComponent: () => import('./lib/credits').then((m) => m.CreditsPage) },
  {
    path: 'operation-prices',
    title: 'Operation prices',
    loadComponent: () => import('./lib/operation-prices').then((m) => m.OperationPricesPage),
  },
];
