import type { SendState } from '../message-queue';

/**
 * How far a message has come. A callback moves it forward only: providers deliver their reports in any order, and more than
 * once. `unknown` lies below `accepted` because any report settles it; `delivered` lies above the failures because
 * a handset that has the message cannot lose it again.
 */
const RANK: Readonly<Record<SendState, number>> = {
  queued: 0,
  unknown: 1,
  accepted: 2,
  sent: 3,
  failed: 4,
  suppressed: 4,
  undelivered: 5,
  delivered: 6,
};

export function rankOf(state: SendState): number {
  return RANK[state];
}

/** Whether a report moves a message on. Equal rank does not: the first report of a kind wins. */
export function advances(from: SendState, to: SendState): boolean {
  return RANK[to] > RANK[from];
}

/** A failure told after the delivery is no step, but is worth keeping. */
export function isLateFailure(from: SendState, to: SendState): boolean {
  return from === 'delivered' && (to === 'undelivered' || to === 'failed');
}

/** Nothing moves a message out of these on our side; a late callback still may. */
export function isSettled(state: SendState): boolean {
  return RANK[state] >= RANK.failed;
}
