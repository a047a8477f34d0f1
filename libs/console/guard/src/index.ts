import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const guardRoutes: Routes = [
  {
    path: 'limits',
    title: 'Rate limits',
    loadComponent: () => import('./lib/rate-limits').then((m) => m.RateLimitsPage),
  },
  {
    path: 'fraud-rules',
    title: 'Fraud guard',
    loadComponent: () => import('./lib/fraud-rules').then((m) => m.FraudRulesPage),
  },
  { path: 'refusals', title: 'Why refused', loadComponent: () => import('./lib/refusals').then((m) => m.RefusalsPage) },
];
