import type { ProviderKind } from '@tollgate/contracts';
import type { Channel } from '../message-queue';
import type { Fault } from '../domain/generic/http-provider-rules';

interface KindFacts {
  readonly channels: readonly Channel[];
  /** The only countries that it serves; null = any. */
  readonly countries: readonly string[] | null;
  /** Whether its vendor reports to us. */
  readonly callbacks: boolean;
  readonly deprecated: boolean;
  readonly notice: string | null;
}

export const KIND_FACTS: Readonly<Record<ProviderKind, KindFacts>> = {
  twilio: { channels: ['sms'], countries: null, callbacks: true, deprecated: false, notice: null },
  sendgrid: { channels: ['email'], countries: null, callbacks: true, deprecated: false, notice: null },
  smtp: { channels: ['email'], countries: null, callbacks: false, deprecated: false, notice: null },
  fast2sms: { channels: ['sms'], countries: ['IN'], callbacks: false, deprecated: false, notice: null },
  http: { channels: ['sms', 'email'], countries: null, callbacks: true, deprecated: false, notice: null },
  carrier_email: {
    channels: ['sms'],
    countries: ['US'],
    callbacks: false,
    deprecated: true,
    notice:
      'US carriers have shut or are shutting their mail gateways. Nothing confirms a delivery, and the carrier of each number must be known. Use an SMS provider instead.',
  },
  outbox: {
    channels: ['sms', 'email'],
    countries: null,
    callbacks: false,
    deprecated: false,
    notice: 'Delivers to the messages page of the console only. It serves as long as no other provider does.',
  },
};

export interface WantedRoute {
  readonly channels?: readonly Channel[] | undefined;
  readonly countries?: readonly string[] | null | undefined;
}

/** What it will serve: what was asked for, held to what the kind can do. */
export function routeOf(
  kind: ProviderKind,
  wanted: WantedRoute,
): {
  readonly channels: readonly Channel[];
  readonly countries: readonly string[] | null;
  readonly faults: readonly Fault[];
} {
  const facts = KIND_FACTS[kind];
  const faults: Fault[] = [];
  const channels = [...new Set(wanted.channels ?? (kind === 'http' ? (['sms'] as const) : facts.channels))];
  for (const channel of channels) {
    if (!facts.channels.includes(channel))
      faults.push({ path: 'channels', message: `${kind} does not carry ${channel}` });
  }
  const countries = wanted.countries ?? facts.countries;
  if (facts.countries !== null && countries?.some((country) => facts.countries?.includes(country) !== true)) {
    faults.push({ path: 'countries', message: `${kind} serves ${facts.countries.join(', ')} only` });
  }
  // Kept in one order, so that rows can be searched by it.
  return {
    channels: channels.sort().reverse(),
    countries: countries === null ? null : [...new Set(countries)].sort(),
    faults,
  };
}
