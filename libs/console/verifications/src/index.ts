import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const verificationsRoutes: Routes = [
  {
    path: 'verifications',
    title: 'Verifications',
    loadComponent: () => import('./lib/verifications').then((m) => m.VerificationsPage),
  },
];
