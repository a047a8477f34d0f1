import type { LimitPolicy } from '@tollgate/contracts';
import type { RuleBook, RuleChannel } from './limit-rules';
import { widerNetwork } from './networks';

/** A start as limits see it: nothing in it says who it is. */
export interface CountedStart {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: boolean;
  readonly channel: Exclude<RuleChannel, 'any'>;
  readonly country: string | null;
  readonly prefix: string | null;
  /** IPv4 address or IPv6 /64. */
  readonly network: string | null;
  /** Keyed hash of the application's reference. */
  readonly userHash: string | null;
  readonly destinationHash: string | null;
}

export interface CountedKey {
  readonly policy: LimitPolicy;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly key: string;
}

const OF_START: readonly LimitPolicy[] = [
  'application',
  'client_ip',
  'client_network',
  'user_ref',
  'prefix',
  'country',
];

/** A resend is the same person once more: only the application as a whole limits it here. */
const OF_RESEND: readonly LimitPolicy[] = ['application'];

function keyOf(policy: LimitPolicy, start: CountedStart): string | null {
  const { organizationId, applicationId, network, prefix, country, userHash } = start;
  switch (policy) {
    case 'application':
      return applicationId;
    case 'client_ip':
      return network === null ? null : `${organizationId}:${network}`;
    case 'client_network':
      return network === null ? null : `${organizationId}:${widerNetwork(network)}`;
    case 'user_ref':
      return userHash === null ? null : `${applicationId}:${userHash}`;
    case 'prefix':
      return prefix === null ? null : `${organizationId}:${prefix}`;
    case 'country':
      return country === null ? null : `${organizationId}:${country}`;
    default:
      return null;
  }
}

/** What a start counts against in the rate limiter. Live and test never meet, nor do organizations. */
export function countedKeys(start: CountedStart, kind: 'start' | 'resend', rules: RuleBook): CountedKey[] {
  const mode = start.test ? 'test' : 'live';
  return (kind === 'start' ? OF_START : OF_RESEND).flatMap((policy): CountedKey[] => {
    const rule = rules.find(policy, start.channel);
    const key = keyOf(policy, start);
    if (rule === null || key === null) return [];
    return [{ policy, limit: rule.quota, windowSeconds: rule.windowSeconds, key: `${mode}:${key}` }];
  });
}
