import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { Component, signal } from '@angular/core';
import type { EnvironmentProviders, Provider, Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { CLIPBOARD, NOW, TIME_ZONE } from '../index';

export interface RenderedPart {
  readonly fixture: ComponentFixture<unknown>;
  readonly element: HTMLElement;
  readonly loader: HarnessLoader;
  readonly documentLoader: HarnessLoader;
  readonly copied: string[];
  settle(): Promise<void>;
}

/**
 * Draws a template with parts of the kit, in UTC at noon of 22 November 2026. `props` are what the template reads; a
 * function of `props` runs in an injection context, for forms and lists.
 */
export async function renderPart(
  template: string,
  imports: readonly Type<unknown>[],
  props: object | (() => object) = {},
  providers: readonly (Provider | EnvironmentProviders)[] = [],
): Promise<RenderedPart> {
  const copied: string[] = [];
  class Host {
    constructor() {
      Object.assign(this, typeof props === 'function' ? (props as () => object)() : props);
    }
  }
  const host = Component({ selector: 'tg-spec-host', template, imports: [...imports] })(Host);
  TestBed.configureTestingModule({
    providers: [
      provideRouter([{ path: '**', children: [] }]),
      { provide: TIME_ZONE, useValue: signal('UTC') },
      { provide: NOW, useValue: signal(Date.UTC(2026, 10, 22, 12)) },
      { provide: CLIPBOARD, useValue: (text: string) => Promise.resolve(void copied.push(text)) },
      ...providers,
    ],
  });
  const fixture = TestBed.createComponent((host as Type<unknown> | undefined) ?? Host);
  await fixture.whenStable();
  return {
    fixture,
    element: fixture.nativeElement as HTMLElement,
    loader: TestbedHarnessEnvironment.loader(fixture),
    documentLoader: TestbedHarnessEnvironment.documentRootLoader(fixture),
    copied,
    settle: async () => {
      await fixture.whenStable();
    },
  };
}
