import type { SendResult } from '../domain/delivery-provider';
import type { RenderedFacts } from '../persistence/message-outbox';
import type { MessageRow } from '../persistence/message-row';
import type { LoadedProvider } from '../providers/loaded-provider';

/** How long a message belongs to whoever claimed it; longer than any call, and begun anew before each. */
export const LEASE_MS = 45_000;

/** A message in the hands of this process. */
export interface Held {
  readonly message: MessageRow;
  readonly claim: string;
  /** Null when no call is under way: it was taken over, or nobody serves it. */
  readonly provider: LoadedProvider | null;
  readonly attemptId: string | null;
  /** Calls so far, this one included. */
  readonly number: number;
  /** Providers that were called in this round. */
  readonly tried: ReadonlySet<string>;
  readonly maybeSent: boolean;
}

/** A call that is to be made. */
export interface Work extends Held {
  readonly provider: LoadedProvider;
  readonly attemptId: string;
}

/** What came of a call. `sent: false`: nothing left the house, and the provider is not to blame. */
export interface Called {
  readonly result: SendResult;
  readonly sent: boolean;
  readonly rendered: RenderedFacts | null;
  readonly latencyMs: number;
}

/** Rows name real providers only. */
export function storedProviderId(provider: Pick<LoadedProvider, 'id' | 'kind'>): string | null {
  return provider.kind === 'test' ? null : provider.id;
}
