import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestContext, type ClientAddresses, type Principal, type RequestFacts } from '@tollgate/api/kernel';
import type { Idempotency } from './idempotency/idempotency';
import type { IdempotentCall } from './idempotency/idempotent-call';
import type { CompiledRoute } from './compiled-route';

/** What every exchange of an application shares. */
export interface ExchangePlatform {
  /** Tests: an answer that is not as declared is an error instead of being cut to what is. */
  readonly strictAnswers: boolean;
  readonly idempotency: Idempotency;
}

/**
 * One request and its answer, from the first hook to the last. It is also what `RequestContext` hands out, so it
 * carries nothing that a slice could not see anyway. Made before routing, hence the nulls.
 */
export class Exchange implements RequestFacts {
  principal: Principal | null = null;
  clockShiftMs = 0;
  /** The declared route, once one matched. */
  route: CompiledRoute | null = null;
  /** The code of the problem that was answered. */
  errorCode: string | null = null;
  /** The idempotent call that the handler is running. */
  call: IdempotentCall | null = null;
  /** The JSON body, once read. */
  body: unknown = undefined;
  /** Whether the answer of an earlier call was given again. */
  replayed = false;
  /** Epoch ms; evidence, not subject to `Test-Clock`. */
  readonly at = Date.now();
  /** Of the monotonic clock. */
  readonly startedAt = performance.now();

  constructor(
    readonly requestId: string,
    readonly addresses: ClientAddresses,
    readonly userAgent: string | null,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    private readonly platform: ExchangePlatform,
  ) {}

  get strictAnswers(): boolean {
    return this.platform.strictAnswers;
  }

  get idempotency(): Idempotency {
    return this.platform.idempotency;
  }
}

const KEY = Symbol('tollgate.exchange');
type Carrier = { [KEY]?: Exchange };

export function attachExchange(request: FastifyRequest, exchange: Exchange): void {
  (request as unknown as Carrier)[KEY] = exchange;
}

/** The exchange of a request that went through the platform's first hook; null for one that never did. */
export function exchangeOf(request: FastifyRequest): Exchange | null {
  return (request as unknown as Carrier)[KEY] ?? null;
}

/** The exchange that the running code serves. Null in jobs and in specs that call a handler directly. */
export function currentExchange(): Exchange | null {
  const facts = RequestContext.current();
  return facts instanceof Exchange ? facts : null;
}
