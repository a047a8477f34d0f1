import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const activityRoutes: Routes = [
  { path: 'usage', title: 'Usage log', loadComponent: () => import('./lib/usage-log').then((m) => m.UsageLogPage) },
  {
    path: 'requests',
    title: 'Request log',
    loadComponent: () => import('./lib/request-log').then((m) => m.RequestLogPage),
  },
  { path: 'audit', title: 'Audit log', loadComponent: () => import('./lib/audit-log').then((m) => m.AuditLogPage) },
  { path: 'exports', title: 'Exports', loadComponent: () => import('./lib/exports').then((m) => m.ExportsPage) },
];
