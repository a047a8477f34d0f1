import type { Channel } from '../message-queue';
import type { Refusal, SendResult } from './delivery-provider';
import type { CallOutcome } from './circuit-breaker';

/** What routing knows of a provider. */
export interface Routable {
  readonly id: string;
  readonly kind: string;
  readonly channels: readonly Channel[];
  /** ISO alpha-2; null = all. */
  readonly countries: readonly string[] | null;
  readonly priority: number;
  readonly weight: number;
  readonly enabled: boolean;
}

export interface RouteQuestion {
  readonly channel: Channel;
  /** Null where it has none: mail. */
  readonly country: string | null;
  /** Whether the embedded outbox may stand in. */
  readonly outboxAllowed: boolean;
}

/**
 * Who can carry it, best first: by priority, and among equals by a draw weighted as staff set it. The outbox is nobody's
 * failover: it stands in only where no real provider is set up, or a failed message would look like a delivered one.
 */
export function rankProviders<P extends Routable>(
  providers: readonly P[],
  question: RouteQuestion,
  random: () => number,
): P[] {
  const fit = providers.filter(
    (provider) =>
      provider.enabled &&
      provider.channels.includes(question.channel) &&
      (provider.countries === null || question.country === null || provider.countries.includes(question.country)),
  );
  const real = fit.filter((provider) => provider.kind !== 'outbox');
  if (real.length === 0) return question.outboxAllowed ? fit.slice(0, 1) : [];
  // Efraimidis and Spirakis: sorting by random^(1/weight) draws without replacement, in proportion to the weights.
  return real
    .map((provider) => ({ provider, draw: provider.weight <= 0 ? -1 : random() ** (1 / provider.weight) }))
    .sort((a, b) => a.provider.priority - b.provider.priority || b.draw - a.draw)
    .map(({ provider }) => provider);
}

/** One breaker for each provider and country. */
export function circuitKey(providerId: string, country: string | null): string {
  return `${providerId}:${country ?? '--'}`;
}

export function parseCircuitKey(key: string): { readonly providerId: string; readonly country: string | null } {
  const [providerId = '', country = '--'] = key.split(':');
  return { providerId, country: country === '--' ? null : country };
}

/** What a result says about the provider rather than about the message; null says nothing. */
export function verdictOnProvider(result: SendResult): CallOutcome | null {
  if (result.kind === 'accepted') return 'ok';
  if (result.kind === 'unknown') return 'failed';
  return result.blameless === true ? null : verdictOnRefusal(result);
}

function verdictOnRefusal(refusal: Refusal): CallOutcome | null {
  switch (refusal.class) {
    case 'permanent_config':
    case 'failover':
      return refusal.alarm === true ? 'fatal' : 'failed';
    case 'content':
    case 'unknown':
      return 'failed';
    case 'retry_same':
      return null;
    case 'permanent_destination':
    case 'fraud':
    case 'expired':
      return 'ok';
  }
}
