import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { Session } from '@tollgate/console/platform';

/** The living gallery of the kit: everywhere but in production. */
export const galleryRoutes: Routes = [
  {
    path: 'kit',
    data: { scopes: ['platform'] },
    canMatch: [() => inject(Session).view()?.environment.profile !== 'production'],
    loadComponent: () => import('./gallery').then((m) => m.Gallery),
  },
];
