import type { Routes } from '@angular/router';
import { activityRoutes } from '@tollgate/console/activity';
import { applicationsRoutes } from '@tollgate/console/applications';
import { creditsRoutes } from '@tollgate/console/credits';
import { developersRoutes } from '@tollgate/console/developers';
import { guardRoutes } from '@tollgate/console/guard';
import { homeRoutes } from '@tollgate/console/home';
import { messagingRoutes } from '@tollgate/console/messaging';
import { operationsRoutes } from '@tollgate/console/operations';
import { organizationsRoutes } from '@tollgate/console/organizations';
import { peopleRoutes } from '@tollgate/console/people';
import { verificationsRoutes } from '@tollgate/console/verifications';
import { galleryRoutes } from './gallery/gallery.routes';

/** Every area's routes. Each page is loaded when it is first opened. */
export const AREAS: readonly Routes[] = [
  homeRoutes,
  verificationsRoutes,
  applicationsRoutes,
  activityRoutes,
  messagingRoutes,
  creditsRoutes,
  organizationsRoutes,
  peopleRoutes,
  guardRoutes,
  developersRoutes,
  operationsRoutes,
  galleryRoutes,
];
