import type { CompiledRoute } from './compiled-route';

/** Where Fastify keeps what a route declares about itself. */
const DECLARED = 'tollgateRoute';

/**
 * What a route registered on Fastify itself declares, since no guard stands in front of it: it is public, and why.
 * @example fastify.get(path, rawRoute(path, 'part of the console'), handler)
 */
export function rawRoute(path: string, reason: string): { config: object } {
  const route: CompiledRoute = {
    id: 'file',
    method: 'GET',
    path,
    access: { public: reason },
    stepUp: false,
    endpoint: null,
  };
  return { config: { [DECLARED]: route } };
}

export function rawRouteOf(config: unknown): CompiledRoute | null {
  return ((config ?? {}) as Record<string, CompiledRoute | undefined>)[DECLARED] ?? null;
}
