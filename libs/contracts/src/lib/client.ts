import type * as z from 'zod';
import type { EndpointDeclaration, ResultOf } from './endpoint';
import type { ErrorCode } from './errors';

type Needed<K extends string, S> = S extends z.ZodType
  ? Record<never, never> extends z.input<S>
    ? { readonly [P in K]?: z.input<S> }
    : { readonly [P in K]: z.input<S> }
  : { readonly [P in K]?: undefined };
type ParamsOf<P extends string> = P extends `${string}/:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<`/${Rest}`>
  : P extends `${string}/:${infer Name}`
    ? { readonly [K in Name]: string }
    : Record<never, never>;
type ParamsNeeded<D extends EndpointDeclaration> =
  Record<never, never> extends ParamsOf<D['path']>
    ? { readonly params?: undefined }
    : { readonly params: ParamsOf<D['path']> };

/** What a call of this endpoint is made with: its path parameters, query and body, as the contract declares them. */
export type CallOf<D extends EndpointDeclaration> = ParamsNeeded<D> &
  Needed<'query', D['query']> &
  Needed<'body', D['body']> & { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal };

/** A problem document (RFC 9457) as every endpoint answers errors. Further members depend on the code. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: ErrorCode;
  readonly request_id: string;
  readonly param?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly retry_after?: number;
  readonly [extra: string]: unknown;
}

export type CallResult<D extends EndpointDeclaration> =
  | { readonly ok: true; readonly status: number; readonly data: ResultOf<D>; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly problem: ProblemDocument; readonly headers: Headers };

export interface ClientOptions {
  /** Origin without a slash at its end; empty for the page's own. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Sent with every call: credentials, the chosen organization. Asked anew for each when it is a function. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
}

export interface Client {
  /**
   * Calls an endpoint of the contract. Never throws for an answer, whatever its status; a call that got none (network,
   * abort) throws what `fetch` throws.
   */
  call<D extends EndpointDeclaration>(
    endpoint: D,
    ...input: Record<never, never> extends CallOf<D> ? [CallOf<D>?] : [CallOf<D>]
  ): Promise<CallResult<D>>;
}

interface AnyCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The path of an endpoint with its parameters and query filled in. */
export function pathOf(
  endpoint: EndpointDeclaration,
  { params, query }: Pick<AnyCall, 'params' | 'query'> = {},
): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A proxy or a page in between may answer what is no problem document; it is shown as one. */
function problemOf(status: number, body: unknown, headers: Headers): ProblemDocument {
  if (typeof body === 'object' && body !== null && 'code' in body) return body as ProblemDocument;
  return {
    type: 'about:blank',
    title: 'The answer could not be read',
    status,
    code: status >= 500 ? 'unavailable' : 'malformed_request',
    request_id: headers.get('x-request-id') ?? '',
  };
}

async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  if (text === '') return undefined;
  if (!/[/+]json\b/.test(type)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A client of the native API, typed by the contract. Knows nothing of zod at run time. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;
  const call = async (endpoint: EndpointDeclaration, input: AnyCall = {}): Promise<CallResult<EndpointDeclaration>> => {
    const base = typeof options.headers === 'function' ? options.headers() : options.headers;
    const response = await send(options.baseUrl + pathOf(endpoint, input), {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...base,
        ...input.headers,
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
      redirect: 'error',
    });
    const { status, headers, ok } = response;
    const body = await read(response);
    return ok
      ? { ok: true, status, data: body as never, headers }
      : { ok: false, status, problem: problemOf(status, body, headers), headers };
  };
  return { call: call as Client['call'] };
}
