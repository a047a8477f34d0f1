import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const peopleRoutes: Routes = [
  { path: 'team', title: 'Team', loadComponent: () => import('./lib/team').then((m) => m.TeamPage) },
  {
    path: 'team/invitations',
    title: 'Invitations',
    loadComponent: () => import('./lib/invitations').then((m) => m.InvitationsPage),
  },
  { path: 'roles', title: 'Roles', loadComponent: () => import('./lib/roles').then((m) => m.RolesPage) },
  {
    path: 'team/roles',
    title: 'Roles',
    data: { scopes: ['platform'] },
    loadComponent: () => import('./lib/roles').then((m) => m.RolesPage),
  },
  {
    path: 'super-admins',
    title: 'Super admins',
    loadComponent: () => import('./lib/super-admins').then((m) => m.SuperAdminsPage),
  },
  { path: 'profile', title: 'Profile', loadComponent: () => import('./lib/profile').then((m) => m.ProfilePage) },
  { path: 'security', title: 'Security', loadComponent: () => import('./lib/security').then((m) => m.SecurityPage) },
  { path: 'sessions', title: 'Sessions', loadComponent: () => import('./lib/sessions').then((m) => m.SessionsPage) },
  {
    path: 'preferences',
    title: 'Preferences',
    loadComponent: () => import('./lib/preferences').then((m) => m.PreferencesPage),
  },
];
