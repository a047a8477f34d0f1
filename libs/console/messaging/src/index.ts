import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const messagingRoutes: Routes = [
  { path: 'messages', title: 'Messages', loadComponent: () => import('./lib/messages').then((m) => m.MessagesPage) },
  {
    path: 'templates',
    title: 'Templates',
    loadComponent: () => import('./lib/templates').then((m) => m.TemplatesPage),
  },
  {
    path: 'templates/:id',
    title: 'Template',
    loadComponent: () => import('./lib/template').then((m) => m.TemplatePage),
  },
  {
    path: 'providers',
    title: 'Delivery providers',
    data: { scopes: ['platform'] },
    loadComponent: () => import('./lib/providers').then((m) => m.ProvidersPage),
  },
  {
    path: 'providers/:id',
    title: 'Delivery provider',
    data: { scopes: ['platform'] },
    loadComponent: () => import('./lib/provider').then((m) => m.ProviderPage),
  },
];
