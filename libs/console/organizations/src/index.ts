import type { Routes } from '@angular/router';

/** The pages of this area; their places in the navigation are in apps/console/src/app/pages.ts. */
export const organizationsRoutes: Routes = [];
