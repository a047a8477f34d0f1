import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { connect as connectSocket, type Socket } from 'node:net';
import { Agent, buildConnector, errors, request as undiciRequest, type Dispatcher } from 'undici';
import { AddressPolicy, isMailPort, isOpenPort } from './address-policy';
import { guardedHttpAgent, guardedHttpsAgent, refusedTarget } from './guarded-agent';
import { allowedAddresses, guardedLookup, refusal, systemResolve, type Resolve } from './guarded-lookup';
import { OutboundError, OutboundHttp, type OutboundRequest, type OutboundResponse } from './outbound-http';

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
const DEFAULT_MAX_BYTES = 64 * 1024;
const MAX_URL = 4_096;
const CONNECTIONS_PER_HOST = 32;

interface Way {
  readonly policy: AddressPolicy;
  readonly dispatcher: Agent;
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Codes of failures before a byte of the request left. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'EPROTO',
]);

export class UndiciOutboundHttp extends OutboundHttp {
  private readonly ways = new Map<string, Way>();

  constructor(
    private readonly allow: readonly string[],
    private readonly resolve: Resolve = systemResolve,
  ) {
    super();
  }

  async request(request: OutboundRequest): Promise<OutboundResponse> {
    const url = this.target(request.url);
    const way = this.way(request.allow);
    if (refusedTarget(url.hostname, portOf(url), way.policy)) throw refusal();
    const timeoutMs = Math.min(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS);
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = { begun: false };
    try {
      const response = await undiciRequest(url, {
        method: request.method,
        headers: { 'user-agent': 'Tollgate', 'accept-encoding': 'identity', ...request.headers },
        body: request.body ?? null,
        dispatcher: watched(way.dispatcher, sent),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal,
      });
      const body = await readCapped(response, request.maxBytes ?? DEFAULT_MAX_BYTES);
      return { status: response.statusCode, headers: joined(response.headers), body };
    } catch (error) {
      throw failureOf(error, sent.begun);
    }
  }

  async check(url: string, allow?: readonly string[]): Promise<void> {
    const target = this.target(url);
    const { policy } = this.way(allow);
    if (refusedTarget(target.hostname, portOf(target), policy)) throw refusal();
    await allowedAddresses(target.hostname, policy, this.resolve);
  }

  override agentFor(protocol: 'http:', options?: { readonly allow?: readonly string[] }): HttpAgent;
  override agentFor(protocol: 'https:', options?: { readonly allow?: readonly string[] }): HttpsAgent;
  override agentFor(protocol: string, options: { readonly allow?: readonly string[] } = {}): HttpAgent {
    const way = this.way(options.allow);
    return protocol === 'https:' ? way.https : way.http;
  }

  async connectMail(target: {
    readonly host: string;
    readonly port: number;
    readonly timeoutMs?: number;
    readonly allow?: readonly string[];
  }): Promise<Socket> {
    const { policy } = this.way(target.allow);
    if (!isMailPort(target.port)) throw refusal();
    const [address] = await allowedAddresses(target.host, policy, this.resolve);
    if (address === undefined) throw new OutboundError('unreachable', 'The host could not be found');
    return new Promise((resolve, reject) => {
      const socket = connectSocket({ host: address.address, port: target.port });
      const fail = (cause: Error): void => {
        socket.destroy();
        reject(new OutboundError('unreachable', 'The host could not be reached', cause));
      };
      socket.setTimeout(target.timeoutMs ?? CONNECT_TIMEOUT_MS, () => fail(new Error('connecting took too long')));
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.removeListener('error', fail);
        socket.setTimeout(0);
        resolve(socket);
      });
    });
  }

  /** Ends idle connections; calls that run end by their own time-outs. */
  async close(): Promise<void> {
    for (const way of this.ways.values()) {
      way.http.destroy();
      way.https.destroy();
      await way.dispatcher.destroy();
    }
  }

  private target(text: string): URL {
    if (text.length > MAX_URL || !URL.canParse(text)) throw refusal();
    const url = new URL(text);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal();
    if (url.username !== '' || url.password !== '') throw refusal();
    return url;
  }

  /** Connections are kept per allow-list, so that none is used by a call that was not allowed to make it. */
  private way(more: readonly string[] = []): Way {
    const key = [...more].sort().join(' ');
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    const policy = new AddressPolicy([...this.allow, ...more]);
    const lookup = guardedLookup(policy, this.resolve);
    const plain = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup });
    const way: Way = {
      policy,
      http: guardedHttpAgent(policy, lookup),
      https: guardedHttpsAgent(policy, lookup),
      dispatcher: new Agent({
        connections: CONNECTIONS_PER_HOST,
        maxResponseSize: -1,
        connect: (options, callback) => {
          const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
          if (refusedTarget(options.hostname, port, policy) || !isOpenPort(port)) callback(refusal(), null);
          else plain(options, callback);
        },
      }),
    };
    this.ways.set(key, way);
    return way;
  }
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** Notes when a connection takes the request: from then on it may have been received. */
function watched(dispatcher: Agent, sent: { begun: boolean }): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    return dispatch(options, {
      onRequestStart: (controller, context) => {
        sent.begun = true;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...all) => handler.onRequestUpgrade?.(...all),
      onResponseStart: (...all) => handler.onResponseStart?.(...all),
      onResponseData: (...all) => handler.onResponseData?.(...all),
      onResponseEnd: (...all) => handler.onResponseEnd?.(...all),
      onResponseError: (...all) => handler.onResponseError?.(...all),
    });
  });
}

async function readCapped(response: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) {
      response.body.destroy();
      throw new OutboundError('too_large', `The answer is larger than ${maxBytes} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]));
}

function failureOf(error: unknown, begun: boolean): OutboundError {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof OutboundError) return at;
    if (at instanceof AggregateError) {
      const inner = (at.errors as unknown[]).find((each): each is OutboundError => each instanceof OutboundError);
      if (inner !== undefined) return inner;
    }
    const code = (at as NodeJS.ErrnoException).code ?? '';
    if (BEFORE_SENDING.has(code) || at instanceof errors.ConnectTimeoutError) {
      return new OutboundError('unreachable', 'The host could not be reached', error);
    }
  }
  if (!begun) return new OutboundError('unreachable', 'The host could not be reached', error);
  return new OutboundError('unknown', 'The answer did not come in time', error);
}
