import { MessageDispatcher } from '../index';
import type { Slice } from '@tollgate/api/testing';

/** Sends every due message of the slice, and waits for what comes of it. */
export async function deliverMessages(slice: Pick<Slice, 'get'>): Promise<void> {
  await slice.get(MessageDispatcher).drain();
}
