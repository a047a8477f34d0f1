import {
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/internal';
import type { Access, EndpointDeclaration, ResultOf } from '@tollgate/contracts';
import type { Principal } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { Reply, type ReplyHeaders } from './answer';
import { compileRoute, type CompiledRoute } from './compiled-route';
import { currentExchange, exchangeOf, type Exchange } from './exchange';
import { inputPipe } from './input-pipe';
import { pageRequestOf, type PageRequest } from './page-request';
import { readInput } from './read-input';
import { serveEndpoint } from './serve-endpoint';

/** Metadata of a handler: its compiled declaration. What has none is never served. */
export const ROUTE = 'tollgate:route';

type Awaitable<T> = T | Promise<T>;
type Handler<D extends EndpointDeclaration> = (...args: never[]) => Awaitable<ResultOf<D> | Reply | void>;
type Running = (...args: unknown[]) => unknown;
type AnyDescriptor = TypedPropertyDescriptor<Running>;

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

const inputFactory = (_data: unknown, context: ExecutionContext): unknown => readInput(requestOf(context));

/** The checked parameters, query and body: `@Input() input: InputOf<typeof startVerification>`. */
export const Input = createParamDecorator(inputFactory);

/** Who calls. Not for public endpoints: they have no caller. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const principal = exchangeOf(requestOf(context))?.principal;
  if (!principal) throw new Error('a public endpoint has no caller');
  return principal;
});

/** What a page or hook was sent: `@Page() page: PageRequest`. */
export const Page = createParamDecorator((_data: unknown, context: ExecutionContext): PageRequest => {
  return pageRequestOf(requestOf(context));
});

interface ParamMetadata {
  readonly factory?: unknown;
  schema?: unknown;
  pipes?: unknown[];
}

/** Puts the declaration's schema on the `@Input()` parameter, for Nest's own validation pipe. True if there is one. */
function bindInput(target: object, key: string, schema: unknown): boolean {
  const params = Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, key) as
    Record<string, ParamMetadata> | undefined;
  let found = false;
  for (const param of Object.values(params ?? {})) {
    if (param.factory !== inputFactory) continue;
    param.schema = schema;
    param.pipes = [inputPipe];
    found = true;
  }
  return found;
}

/** Replaces the method by one that runs inside the exchange, and gives it its route. */
function replace(
  target: object,
  key: string,
  descriptor: AnyDescriptor,
  route: CompiledRoute,
  status: number,
  within: (exchange: Exchange, run: () => unknown) => unknown,
): void {
  const handler = descriptor.value;
  if (handler === undefined) throw new Error(`${key} is not a method`);
  const served = function (this: unknown, ...args: unknown[]): unknown {
    const exchange = currentExchange();
    // Null when a spec calls the method directly: then the handler alone runs.
    return exchange === null ? handler.apply(this, args) : within(exchange, () => handler.apply(this, args));
  };
  Object.defineProperty(served, 'name', { value: key });
  descriptor.value = served;
  RequestMapping({ path: route.path, method: RequestMethod[route.method] })(target, key, descriptor);
  HttpCode(status)(target, key, descriptor);
  SetMetadata(ROUTE, route)(target, key, descriptor);
}

/**
 * Serves an endpoint of the contract: its route, guard, validation, idempotency and allow-listed answer all come from
 * the declaration. The handler returns the body of the only 2xx, or `reply(status, body)` when there are several.
 *
 * An act of an endpoint that declares `idempotency` writes in exactly one `UnitOfWork.run`, and returns from that run
 * what the handler answers with: the answer is stored in that very transaction, so it has to be known inside it. Where
 * the handler makes the answer out of what the run returned, it says how in `answer`, and returns the run's result:
 *
 * @example
 * @Serve(startVerification, { answer: (started: Started) => reply(started.created ? 201 : 200, started.view) })
 */
export function Serve<const D extends EndpointDeclaration>(
  declaration: D,
): <H extends Handler<D>>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>) => void;
export function Serve<const D extends EndpointDeclaration, R>(
  declaration: D,
  options: { readonly answer: (result: R) => ResultOf<D> | Reply },
): <H extends (...args: never[]) => Awaitable<R>>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<H>,
) => void;
export function Serve(declaration: EndpointDeclaration, options?: { readonly answer: (result: never) => unknown }) {
  return <H extends (...args: never[]) => unknown>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const route = compileRoute(declaration, options?.answer as ((result: unknown) => unknown) | undefined);
    const checked = bindInput(target, key, route.endpoint.input);
    replace(
      target,
      key,
      descriptor as unknown as AnyDescriptor,
      route,
      route.endpoint.answers.status,
      (exchange, run) => serveEndpoint(exchange, route.endpoint, checked, run),
    );
  };
}

/** By `METHOD /path`, for routes that take more than others; Fastify is told when it registers them. */
const bodyLimits = new Map<string, number>();

export function bodyLimitOf(method: string, path: string): number | undefined {
  return bodyLimits.get(`${method} ${path}`);
}

/** A route outside the contract: a server-rendered page, or the hook of a provider. */
export interface PageDeclaration {
  readonly method: 'GET' | 'POST';
  /** Full: `/sign-in`, `/hooks/twilio/:token`. */
  readonly path: string;
  readonly access: Access;
  /** Of the body; 65,536 unless told. For hooks of providers that report in batches. */
  readonly maxBytes?: number;
}

/**
 * Serves a page or hook. The handler returns `html(status, text)`, `redirect(location)` or `reply(status, body,
 * headers)`, or takes Nest's `@Res()` and does it all itself. A POST takes form or JSON bodies (see `PageRequest`), and
 * from a browser only those that this origin's own pages sent.
 */
export function ServePage(page: PageDeclaration) {
  return <H extends (...args: never[]) => unknown>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    if (page.maxBytes !== undefined) bodyLimits.set(`${page.method} ${page.path}`, page.maxBytes);
    const route: CompiledRoute = {
      id: `page:${page.method} ${page.path}`,
      method: page.method,
      path: page.path,
      access: page.access,
      stepUp: false,
      endpoint: null,
    };
    replace(target, key, descriptor as unknown as AnyDescriptor, route, 200, async (exchange, run) => {
      const result = await run();
      if (!(result instanceof Reply)) return result;
      exchange.reply.code(result.status).headers(result.headers);
      return result.body;
    });
  };
}

/** An HTML answer of a page. */
export function html(status: number, body: string, headers: ReplyHeaders = {}): Reply<string> {
  return new Reply(status, body, { 'content-type': 'text/html; charset=utf-8', ...headers });
}

/** Sends the browser on, with GET. The location is ours, or was checked against a registered list. */
export function redirect(location: string, headers: ReplyHeaders = {}): Reply<undefined> {
  return new Reply(303, undefined, { location, ...headers });
}
