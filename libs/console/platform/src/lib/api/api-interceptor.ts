import { HttpEventType } from '@angular/common/http';
import type { HttpEvent, HttpHandlerFn, HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { Problem } from '@tollgate/console/ui';
import { catchError, from, switchMap, tap, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { Network } from '../session/network';
import { ActiveScope } from '../session/scope';
import { Session } from '../session/session';
import { StepUp } from '../session/step-up';
import { QUIET, UNSCOPED } from './http-context';
import { problemFrom } from './problem-mapping';

export const ORGANIZATION_HEADER = 'Tollgate-Organization';

const SIGNED_OUT = new Set(['invalid_session', 'missing_credentials', 'http_401']);

/**
 * What every call of the API goes through: the chosen organization goes in, failures come out as Problems. A call that
 * finds the session gone waits for somebody to sign in again and is then repeated; one that needs a fresh sign-in asks
 * for it and is repeated once. Neither was executed the first time, so repeating cannot do it twice.
 */
export const apiInterceptor: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith('/v1/')) return next(request);
  const session = inject(Session);
  const stepUp = inject(StepUp);
  const network = inject(Network);
  const organization = request.context.get(UNSCOPED) ? null : inject(ActiveScope).header();
  const scoped =
    organization && !request.headers.has(ORGANIZATION_HEADER)
      ? request.clone({ setHeaders: { [ORGANIZATION_HEADER]: organization } })
      : request;

  const send = (mayInterrupt: boolean): Observable<HttpEvent<unknown>> =>
    attempt(scoped, next, network).pipe(
      catchError((problem: unknown) => {
        if (!mayInterrupt || request.context.get(QUIET) || !(problem instanceof Problem))
          return throwError(() => problem);
        if (problem.status === 401 && SIGNED_OUT.has(problem.code)) {
          return from(session.waitForReturn()).pipe(switchMap(() => send(false)));
        }
        if (problem.code === 'step_up_required') {
          return from(stepUp.prove()).pipe(switchMap((proven) => (proven ? send(false) : throwError(() => problem))));
        }
        return throwError(() => problem);
      }),
    );
  return send(true);
};

function attempt(request: HttpRequest<unknown>, next: HttpHandlerFn, network: Network): Observable<HttpEvent<unknown>> {
  return next(request).pipe(
    tap((event) => {
      if (event.type === HttpEventType.Response) network.note(true);
    }),
    catchError((failure: unknown) => {
      const problem = problemFrom(failure);
      if (problem instanceof Problem) network.note(!problem.isOffline);
      return throwError(() => problem);
    }),
  );
}
