import type { SendState } from '../message-queue';
import type { SendResult } from './delivery-provider';

/** What lies behind a message when a result comes in. */
export interface Standing {
  /** Calls so far, this one included. */
  readonly attempts: number;
  readonly retries: number;
  /** An earlier call of unknown outcome: it may have been sent already. */
  readonly maybeSent: boolean;
  /** A provider took it before, and a report told of a failure: this is the second round. */
  readonly accepted: boolean;
  /** Too late to be worth anything. */
  readonly expired: boolean;
  /** Somebody else could carry it. */
  readonly hasAnother: boolean;
}

/** `final`: no provider took it and none will, so the send is refunded. */
export interface Ending {
  readonly kind: 'settle';
  readonly state: SendState;
  readonly final: boolean;
}

export type NextStep = Ending | { readonly kind: 'failover' } | { readonly kind: 'retry'; readonly afterMs: number };

const MAX_ATTEMPTS = 6;
const RETRY_AFTER_MS = [1_000, 4_000] as const;

/**
 * What to do after a call. Invariants: after a call of unknown outcome there is at most one more, since two would make
 * three messages; what was perhaps sent is never called `failed`, because that refunds it.
 */
export function nextStep(result: SendResult, standing: Standing): NextStep {
  if (result.kind === 'accepted')
    return { kind: 'settle', state: result.delivered === true ? 'delivered' : 'accepted', final: false };
  const canGoOn = standing.hasAnother && !standing.expired && standing.attempts < MAX_ATTEMPTS;
  if (result.kind === 'unknown' || result.class === 'unknown') {
    return canGoOn && !standing.maybeSent && !standing.accepted
      ? { kind: 'failover' }
      : giveUp({ ...standing, maybeSent: true });
  }
  switch (result.class) {
    case 'permanent_destination':
    case 'fraud':
    case 'expired':
      return giveUp(standing);
    case 'retry_same': {
      const wait = RETRY_AFTER_MS[standing.retries];
      if (wait !== undefined && !standing.expired) return { kind: 'retry', afterMs: result.retryAfterMs ?? wait };
      return canGoOn ? { kind: 'failover' } : giveUp(standing);
    }
    case 'permanent_config':
    case 'content':
    case 'failover':
      return canGoOn ? { kind: 'failover' } : giveUp(standing);
  }
}

/** The end of a message that nobody took. */
export function giveUp(standing: Pick<Standing, 'maybeSent' | 'accepted'>): Ending {
  if (standing.accepted) return { kind: 'settle', state: 'undelivered', final: false };
  return standing.maybeSent
    ? { kind: 'settle', state: 'unknown', final: false }
    : { kind: 'settle', state: 'failed', final: true };
}
