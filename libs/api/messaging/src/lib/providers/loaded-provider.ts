import type { Channel } from '../message-queue';
import type { DeliveryProvider, SenderIdentity } from '../domain/delivery-provider';
import type { HttpRules } from '../domain/generic/http-provider-rules';
import type { Routable } from '../domain/routing';

/** A provider as it is held in memory: how to route to it, how to call it, how to believe its callbacks. */
export interface LoadedProvider extends Routable {
  readonly name: string;
  /** Changes with its settings. */
  readonly version: number;
  readonly channels: readonly Channel[];
  readonly adapter: DeliveryProvider;
  /** By country; the entry without one serves the rest. */
  readonly senders: readonly (Partial<SenderIdentity> & { readonly country?: string })[];
  readonly callbacks: {
    /** Of the token in the address; the old one until it has run out. */
    readonly hashes: readonly { readonly hash: string; readonly until: number | null }[];
    readonly token: string;
    /** False while only this machine could call back: vendors refuse such addresses. */
    readonly reachable: boolean;
    /** What signatures are checked with: auth tokens, a public key, the secret of reports. */
    readonly keys: readonly string[];
    readonly rules: HttpRules | null;
  } | null;
}

const NOBODY: SenderIdentity = { from: null, messagingServiceSid: null, dltEntityId: null, dltTemplateId: null };

/** Who a message to this country comes from. */
export function senderFor(provider: Pick<LoadedProvider, 'senders'>, country: string | null): SenderIdentity {
  const found =
    provider.senders.find((sender) => sender.country !== undefined && sender.country === country) ??
    provider.senders.find((sender) => sender.country === undefined);
  if (found === undefined) return NOBODY;
  return {
    from: found.from ?? null,
    messagingServiceSid: found.messagingServiceSid ?? null,
    dltEntityId: found.dltEntityId ?? null,
    dltTemplateId: found.dltTemplateId ?? null,
  };
}
