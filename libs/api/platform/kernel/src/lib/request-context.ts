import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from './principal';

/** The three addresses of a request; evidence keeps all of them. */
export interface ClientAddresses {
  /** The one that rules apply to. */
  readonly effective: string;
  /** `X-Forwarded-For` as it came, or null. Evidence only. */
  readonly forwarded: string | null;
  /** The peer of the socket. */
  readonly remote: string;
}

export interface RequestFacts {
  readonly requestId: string;
  readonly addresses: ClientAddresses;
  readonly userAgent: string | null;
  principal: Principal | null;
  /** How far `Test-Clock` moves this request, in ms. Zero but for test keys. */
  clockShiftMs: number;
}

const storage = new AsyncLocalStorage<RequestFacts>();
/** Taken while this file is loaded, when nobody has asked for anything yet. */
const inNoContext = AsyncLocalStorage.snapshot();

/** The request that the running code serves, wherever it is in the call tree. */
export const RequestContext = {
  run<T>(facts: RequestFacts, fn: () => T): T {
    return storage.run(facts, fn);
  },
  /**
   * For what a request sets off and does not wait for: a loop that it wakes, a timer that outlives it. Inside there is
   * no request and no transaction. Else whatever the loop does later would count as done by whoever woke it, and a
   * timer would keep its whole request in memory.
   */
  outside<T>(fn: () => T): T {
    return inNoContext(fn);
  },
  /** Undefined in jobs and at start-up. */
  current(): RequestFacts | undefined {
    return storage.getStore();
  },
};
