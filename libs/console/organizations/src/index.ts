import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const organizationsRoutes: Routes = [
  {
    path: 'organizations',
    title: 'Organizations',
    loadComponent: () => import('./lib/organizations').then((m) => m.OrganizationsPage),
  },
  {
    path: 'organizations/new',
    title: 'Create organization',
    loadComponent: () => import('./lib/new-organization').then((m) => m.NewOrganizationPage),
  },
  {
    path: 'organizations/:id',
    loadComponent: () => import('./lib/organization').then((m) => m.OrganizationPage),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'overview' },
      {
        path: 'overview',
        loadComponent: () => import('./lib/organization-overview').then((m) => m.OrganizationOverview),
      },
      { path: 'people', loadComponent: () => import('./lib/organization-people').then((m) => m.OrganizationPeople) },
      {
        path: 'applications',
        loadComponent: () => import('./lib/organization-applications').then((m) => m.OrganizationApplications),
      },
      { path: 'credits', loadComponent: () => import('./lib/organization-credits').then((m) => m.OrganizationCredits) },
      {
        path: 'activity',
        loadComponent: () => import('./lib/organization-activity').then((m) => m.OrganizationActivity),
      },
      {
        path: 'settings',
        loadComponent: () => import('./lib/organization-settings').then((m) => m.OrganizationSettings),
      },
    ],
  },
  {
    path: 'settings',
    title: 'Settings',
    data: { scopes: ['organization'] },
    loadComponent: () => import('./lib/own-settings').then((m) => m.OwnSettingsPage),
  },
];
