import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** http or https, without user name or password. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Ms for everything, from the name to the last byte; 10,000 unless told, 30,000 at most. */
  readonly timeoutMs?: number;
  /** Of the answer; 65,536 unless told. More is `too_large`. */
  readonly maxBytes?: number;
  /** Private hosts and ranges that this call may reach, beside those that the operator allowed. */
  readonly allow?: readonly string[];
}

export interface OutboundResponse {
  readonly status: number;
  /** Lower-case names; a header that came twice is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type OutboundFailure =
  /** The address, port or form of the URL is not one that we call. Nothing was sent, nothing was read. */
  | 'refused'
  /** No connection came about: name, network, TLS. Nothing was sent. */
  | 'unreachable'
  /** The connection broke or the time was up after sending had begun: it may have been received. */
  | 'unknown'
  /** The answer is larger than allowed; it was received. */
  | 'too_large';

/** Why a call has no answer. The message is generic on purpose: what it says may be shown to whoever typed the URL. */
export class OutboundError extends Error {
  constructor(
    readonly failure: OutboundFailure,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutboundError';
  }

  /** False when it is certain that nobody received the request, so that it may be sent elsewhere. */
  get maybeReceived(): boolean {
    return this.failure === 'unknown' || this.failure === 'too_large';
  }
}

/**
 * The one way out by HTTP. Whatever host a URL names, what counts is the address that the socket connects to: it is
 * checked at that moment, so neither a name that resolves otherwise the second time nor a notation of an address gets
 * past. Private, loopback, link-local, carrier-grade, metadata and translated addresses are refused unless the operator
 * allows them; http and https only; no redirect is followed, no proxy used; size and time are capped.
 */
export abstract class OutboundHttp {
  /** The answer, whatever its status. @throws OutboundError */
  abstract request(request: OutboundRequest): Promise<OutboundResponse>;
  /**
   * Whether the URL could be called now, for forms: scheme, port, literal address and what the name resolves to.
   * @throws OutboundError refused, unreachable
   */
  abstract check(url: string, allow?: readonly string[]): Promise<void>;
  /** A Node agent with the same check, for vendors' clients that open their own sockets. One for each protocol. */
  abstract agentFor(protocol: 'http:', options?: { readonly allow?: readonly string[] }): HttpAgent;
  abstract agentFor(protocol: 'https:', options?: { readonly allow?: readonly string[] }): HttpsAgent;
  /**
   * A connected plain socket to a mail server (ports 25, 465, 587, 2525 and above 1023), for `getSocket` of nodemailer.
   * @throws OutboundError refused, unreachable
   */
  abstract connectMail(target: {
    readonly host: string;
    readonly port: number;
    readonly timeoutMs?: number;
    readonly allow?: readonly string[];
  }): Promise<Socket>;
}
