import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { HttpBackend, provideHttpClient, withInterceptors } from '@angular/common/http';
import { signal } from '@angular/core';
import type { EnvironmentProviders, Provider, Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import type { Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ActiveScope, Session, apiInterceptor } from '../index';
import type { ScopeName } from '../index';
import { CLIPBOARD, NOW, TIME_ZONE } from '@tollgate/console/ui';
import { FakeApi } from './fake-api';
import { fakeOrganization, fakeSession } from './fake-session';
import type { FakeSessionOptions } from './fake-session';

export interface RenderOptions extends FakeSessionOptions {
  readonly api?: FakeApi;
  /** The address of the page under the scope: `applications/app_1?f.status=active`. */
  readonly url?: string;
  /** The route that the page stands at: `applications/:id`; the path of `url` unless told. */
  readonly path?: string;
  /** More routes beside it, for what it links to, or children of its tabs. */
  readonly children?: Routes;
  readonly scope?: ScopeName;
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
}

export interface RenderedPage<T> {
  readonly page: T;
  readonly element: HTMLElement;
  readonly api: FakeApi;
  /** Harnesses inside the page. */
  readonly loader: HarnessLoader;
  /** Harnesses of dialogs, menus and toasts. */
  readonly documentLoader: HarnessLoader;
  /** What was copied. */
  readonly copied: string[];
  /** The present address. */
  url(): string;
  /** Waits until nothing is on its way. */
  settle(): Promise<void>;
}

/** The fixed instant of specs: 22 November 2026, noon UTC. */
export const SPEC_NOW = Date.UTC(2026, 10, 22, 12);

/**
 * Opens a page as the console would: routed, signed in with the given permissions, in an organization unless told,
 * on a fake API.
 */
export async function renderPage<T>(component: Type<T>, options: RenderOptions = {}): Promise<RenderedPage<T>> {
  const api = options.api ?? new FakeApi();
  const copied: string[] = [];
  const url = options.url ?? '';
  const path = options.path ?? url.split('?')[0] ?? '';
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      { provide: HttpBackend, useValue: api },
      provideRouter(
        [
          { path: path, component, ...(options.children ? { children: options.children } : {}) },
          { path: '**', children: [] },
        ],
        withComponentInputBinding(),
      ),
      { provide: TIME_ZONE, useValue: signal('UTC') },
      { provide: NOW, useValue: signal(SPEC_NOW) },
      { provide: CLIPBOARD, useValue: (text: string) => Promise.resolve(void copied.push(text)) },
      ...(options.providers ?? []),
    ],
  });
  api.on('GET /v1/session', fakeSession(options));
  await TestBed.inject(Session).load();
  api.calls.length = 0;
  const scope = options.scope ?? 'organization';
  TestBed.inject(ActiveScope).enter(scope, scope === 'organization' ? fakeOrganization() : null);
  const harness = await RouterTestingHarness.create();
  const page = await harness.navigateByUrl(`/${url}`, component);
  await harness.fixture.whenStable();
  return {
    page,
    element: harness.routeNativeElement as HTMLElement,
    api,
    copied,
    loader: TestbedHarnessEnvironment.loader(harness.fixture),
    documentLoader: TestbedHarnessEnvironment.documentRootLoader(harness.fixture),
    url: () => TestBed.inject(Router).url,
    settle: async () => {
      await harness.fixture.whenStable();
    },
  };
}
