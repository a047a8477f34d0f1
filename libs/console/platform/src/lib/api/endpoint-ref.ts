import type { EndpointDeclaration, ResultOf } from '@tollgate/contracts';
import type * as z from 'zod';

type PartOf<E, K extends 'params' | 'query' | 'body'> = K extends keyof E
  ? E[K] extends z.ZodType
    ? z.output<E[K]>
    : undefined
  : undefined;

/** Absent parts may not be given, parts with only optional members may be left out, others must be given. */
type Given<K extends string, T> = [T] extends [undefined]
  ? { readonly [P in K]?: undefined }
  : Record<never, never> extends T
    ? { readonly [P in K]?: Loose<T> }
    : { readonly [P in K]: Loose<T> };

/** Optional members may also be given as `undefined`; they are left out of the request. */
type Loose<T> = T extends object ? { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] } : T;

/** What a call of an endpoint takes. */
export type CallInput<E extends EndpointDeclaration> = Given<'params', PartOf<E, 'params'>> &
  Given<'query', PartOf<E, 'query'>> &
  Given<'body', PartOf<E, 'body'>> & {
    /** Made for each call that takes one; give it to repeat a call that may already have gone through. */
    readonly idempotencyKey?: string;
    /** The organization to act in, where the scope of the page spans all of them. Only staff of the platform choose. */
    readonly organization?: string | undefined;
  };

export type { ResultOf };

/**
 * An endpoint by method and path alone, typed by its declaration: for the shell, whose first load must not hold the
 * contract's schemas. Pages give the declaration itself.
 *
 *     route<typeof readSession>('GET', '/v1/session')
 */
export function route<E extends EndpointDeclaration>(
  method: E['method'],
  path: E['path'],
  more: Pick<EndpointDeclaration, 'idempotency'> = {},
): E {
  return { method, path, ...more } as unknown as E;
}

/** The address of a call; parameters are encoded, absent query members left out. */
export function urlOf(path: string, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const filled = path.replaceAll(/:([a-z_]+)/gi, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === '') throw new TypeError(`${path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}
