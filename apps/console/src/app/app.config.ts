import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { computed, inject, provideAppInitializer } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import {
  BaseRouteReuseStrategy,
  RouteReuseStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
} from '@angular/router';
import type { ActivatedRouteSnapshot } from '@angular/router';
import {
  ActiveScope,
  Preferences,
  Session,
  StepUp,
  apiInterceptor,
  leaveTo,
  signInUrl,
} from '@tollgate/console/platform';
import { SCOPE_CRUMB, STEP_UP, TIME_ZONE } from '@tollgate/console/ui';
import { routes } from './app.routes';
import { StartUp } from './start-up';

/** Another organization is another page: nothing of the one before stays in its components. */
class ReuseWithinOrganization extends BaseRouteReuseStrategy {
  override shouldReuseRoute(future: ActivatedRouteSnapshot, current: ActivatedRouteSnapshot): boolean {
    return super.shouldReuseRoute(future, current) && future.params['org'] === current.params['org'];
  }
}

async function start(): Promise<void> {
  const session = inject(Session);
  const startUp = inject(StartUp);
  inject(Preferences);
  try {
    if ((await session.load()) !== null) return;
    leaveTo(signInUrl());
    startUp.leaving();
  } catch (failure) {
    startUp.failed(failure);
  }
}

export const appConfig: ApplicationConfig = {
  providers: [
    provideHttpClient(withInterceptors([apiInterceptor])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    provideAppInitializer(start),
    { provide: RouteReuseStrategy, useClass: ReuseWithinOrganization },
    {
      provide: TIME_ZONE,
      useFactory: () => {
        const scope = inject(ActiveScope);
        const session = inject(Session);
        const preferences = inject(Preferences);
        const browser = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
        return computed(
          () => preferences.timeZone() ?? scope.organization()?.time_zone ?? session.user()?.time_zone ?? browser,
        );
      },
    },
    {
      provide: SCOPE_CRUMB,
      useFactory: () => {
        const scope = inject(ActiveScope);
        const names = { me: 'You', finance: 'Finance', platform: 'Platform', organization: '' };
        return computed(() => ({ label: scope.organization()?.name ?? names[scope.name()], link: scope.root() }));
      },
    },
    {
      provide: STEP_UP,
      useFactory: () => {
        const stepUp = inject(StepUp);
        return () => stepUp.ensure();
      },
    },
  ],
};
