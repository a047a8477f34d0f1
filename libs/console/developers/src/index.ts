import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const developersRoutes: Routes = [
  { path: 'test-lab', title: 'Test lab', loadComponent: () => import('./lib/test-lab').then((m) => m.TestLabPage) },
  {
    path: 'quick-start',
    title: 'Quick start',
    loadComponent: () => import('./lib/quick-start').then((m) => m.QuickStartPage),
  },
];
