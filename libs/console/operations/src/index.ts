import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const operationsRoutes: Routes = [
  {
    path: 'health',
    title: 'System health',
    data: { scopes: ['platform'] },
    loadComponent: () => import('./lib/system-health').then((m) => m.SystemHealthPage),
  },
  {
    path: 'settings',
    title: 'Platform settings',
    data: { scopes: ['platform'] },
    loadComponent: () => import('./lib/platform-settings').then((m) => m.PlatformSettingsPage),
  },
];
