import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { CompiledRoute } from './compiled-route';
import { RouteTable } from './route-table';
import { ROUTE } from './serve';

/** A served route, as lists of routes and their snapshot in tests show it. */
export interface ServedRoute {
  readonly handler: string;
  readonly route: CompiledRoute;
}

/** Start-up ends when a handler has a route but no declaration, or two have the same: the guard is the second line. */
@Injectable()
export class DeclaredRoutesCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly routes: RouteTable,
  ) {}

  onApplicationBootstrap(): void {
    const seen = new Set<string>();
    for (const { route } of this.served()) {
      const name = `${route.method} ${route.path}`;
      if (seen.has(name)) throw new Error(`${name} is served twice`);
      seen.add(name);
    }
    for (const name of this.routes.undeclared) {
      const [method = '', path = ''] = name.split(' ');
      if (!seen.has(name) && !(method === 'HEAD' && seen.has(`GET ${path}`))) {
        throw new Error(`${name} is served without a declaration: use @Serve, @ServePage or rawRoute`);
      }
    }
  }

  /** Every served route. Throws for one without a declaration. */
  served(): ServedRoute[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const instance = wrapper.instance as Record<string, object> | null;
      if (!instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name] ?? {} }))
        .filter(({ handler }) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .map(({ name, handler }): ServedRoute => {
          const route = Reflect.getMetadata(ROUTE, handler) as CompiledRoute | undefined;
          if (route === undefined) {
            throw new Error(`${wrapper.name}.${name} has a route without a declaration: use @Serve or @ServePage`);
          }
          return { handler: `${wrapper.name}.${name}`, route };
        });
    });
  }
}
