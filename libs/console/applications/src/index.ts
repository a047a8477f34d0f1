import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const applicationsRoutes: Routes = [
  {
    path: 'applications',
    title: 'Applications',
    loadComponent: () => import('./lib/applications').then((m) => m.ApplicationsPage),
  },
  {
    path: 'applications/new',
    title: 'Register application',
    loadComponent: () => import('./lib/new-application').then((m) => m.NewApplicationPage),
  },
  {
    path: 'applications/:id',
    loadComponent: () => import('./lib/application').then((m) => m.ApplicationPage),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'overview' },
      {
        path: 'overview',
        loadComponent: () => import('./lib/application-overview').then((m) => m.ApplicationOverview),
      },
      {
        path: 'settings',
        loadComponent: () => import('./lib/application-settings').then((m) => m.ApplicationSettings),
      },
      { path: 'network', loadComponent: () => import('./lib/application-network').then((m) => m.ApplicationNetwork) },
      { path: 'keys', loadComponent: () => import('./lib/application-keys').then((m) => m.ApplicationKeys) },
      { path: 'test-numbers', loadComponent: () => import('./lib/test-numbers').then((m) => m.TestNumbers) },
      { path: 'danger', loadComponent: () => import('./lib/application-danger').then((m) => m.ApplicationDanger) },
    ],
  },
  { path: 'api-keys', title: 'API keys', loadComponent: () => import('./lib/api-keys').then((m) => m.ApiKeysPage) },
];
