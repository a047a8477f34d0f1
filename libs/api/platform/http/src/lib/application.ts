import fastifyCookie from '@fastify/cookie';
import type { LoggerService, Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '@tollgate/api/config';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError, newId, RequestContext } from '@tollgate/api/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyHttpOptions } from 'fastify';
import { AddressRanges, clientAddresses } from './addresses';
import { attachExchange, Exchange, exchangeOf } from './exchange';
import { Idempotency } from './idempotency/idempotency';
import { OpenRequests } from './open-requests';
import { problemOf } from './problem';
import { rawRouteOf } from './raw-route';
import { RequestObservers } from './request-observers';
import { isStrictPath, RouteTable } from './route-table';
import { bodyLimitOf } from './serve';
import { securityHeaders } from './security-headers';

const BODY_LIMIT = 64 * 1024;
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
const MAX_USER_AGENT = 300;

function requestIdOf(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
}

/** HTTP that Node could not read: no request, no reply, only a socket. Also ends request smuggling attempts. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const body = JSON.stringify({ type: 'about:blank', title, status, code: 'malformed_request' });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function adapter(base: { headers: Readonly<Record<string, string>> }): FastifyAdapter {
  const options: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: BODY_LIMIT,
    // Fastify waits for ever unless told: a client that drips its request holds a socket 15 s at most.
    requestTimeout: 15_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false, caseSensitive: true },
    genReqId: () => '',
    trustProxy: false,
    frameworkErrors: (_error: unknown, _request: FastifyRequest, reply: FastifyReply) => {
      // A target that the router cannot even read: no hook has run, none will.
      const requestId = newId('req');
      const problem = problemOf(new DomainError('route_not_found'), requestId, '/docs');
      void reply
        .code(problem.status)
        .headers({ ...base.headers, 'x-request-id': requestId, ...problem.headers })
        .send(JSON.stringify(problem.body));
    },
    clientErrorHandler: onClientError,
  };
  return new FastifyAdapter({ ...options, skipMiddie: true } as never);
}

/** Bodies stay bytes until a declared route reads them: JSON strictly, forms, or raw for signatures. */
function keepRawBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const encoding = request.headers['content-encoding'];
    // Nothing of ours is compressed, and a small body that unpacks to a large one is an attack.
    if (encoding !== undefined && encoding !== 'identity') done(new DomainError('unsupported_media_type'));
    else done(null, body);
  });
}

function record(exchange: Exchange, now: number) {
  const { request, reply } = exchange;
  return {
    requestId: exchange.requestId,
    at: exchange.at,
    durationMs: now - exchange.startedAt,
    method: request.method,
    route: exchange.route?.path ?? null,
    event: exchange.route?.id ?? null,
    status: reply.statusCode,
    errorCode: exchange.errorCode,
    principal: exchange.principal,
    addresses: exchange.addresses,
    userAgent: exchange.userAgent,
    replayed: exchange.replayed,
  };
}

function installHooks(
  fastify: FastifyInstance,
  config: Config,
  headers: Readonly<Record<string, string>>,
  observers: RequestObservers,
  idempotency: Idempotency,
  open: OpenRequests,
): void {
  const trusted = new AddressRanges(config.trustedProxies);
  const platform = { strictAnswers: config.profile === 'test', idempotency };

  fastify.addHook('onRequest', (request, reply, done) => {
    const raw: IncomingMessage = request.raw;
    const exchange = new Exchange(
      requestIdOf(request),
      clientAddresses(raw.socket.remoteAddress, raw.headers['x-forwarded-for'], trusted),
      raw.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
      request,
      reply,
      platform,
    );
    attachExchange(request, exchange);
    exchange.route = rawRouteOf(request.routeOptions.config);
    open.count += 1;
    if (open.stopping) reply.header('connection', 'close');
    reply.headers(headers).header('x-request-id', exchange.requestId);
    done(isStrictPath(raw.url ?? '') ? undefined : new DomainError('route_not_found'));
  });

  // Not earlier: the events by which a body arrives carry another async context.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const exchange = exchangeOf(request);
    if (exchange === null) done();
    else RequestContext.run(exchange, done);
  });

  fastify.addHook('onResponse', (request, _reply, done) => {
    const exchange = exchangeOf(request);
    if (exchange !== null) {
      open.count -= 1;
      observers.notify(record(exchange, performance.now()));
    }
    done();
  });
}

/**
 * The Nest application on Fastify with everything that holds for every answer: request id, addresses, strict paths,
 * raw bodies, security headers, time-outs. Not listening yet.
 */
export async function createHttpApplication(
  module: Type<unknown> | DynamicModule,
  options: { readonly logger?: LoggerService | false } = {},
): Promise<NestFastifyApplication> {
  const base = { headers: {} };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter(base), {
    bodyParser: false,
    abortOnError: false,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const routes = app.get(RouteTable);
  keepRawBodies(fastify);
  await fastify.register(fastifyCookie);
  const config = app.get(Config);
  base.headers = securityHeaders(config.publicUrl);
  installHooks(fastify, config, base.headers, app.get(RequestObservers), app.get(Idempotency), app.get(OpenRequests));
  fastify.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      routes.add(method, route.url, rawRouteOf(route.config) !== null);
      const limit = bodyLimitOf(method, route.url);
      if (limit !== undefined) route.bodyLimit = limit;
    }
  });
  return app;
}
