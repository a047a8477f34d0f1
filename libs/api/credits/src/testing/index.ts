import { UnitOfWork } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import type { Slice } from '@tollgate/api/testing';
import { CreditGrants } from '../lib/credit-grants';
import type { ChargeLine, Operation } from '../lib/credit-ledger';

/** Gives an organization its first milli-credits, as set-up does. */
export async function fund(slice: Slice, organizationId: string, amount: number): Promise<void> {
  await slice.get(UnitOfWork).run(() =>
    slice.get(CreditGrants).grant({
      organizationId,
      kind: 'grant',
      amount,
      description: 'Credits of a spec',
      reason: null,
    }),
  );
}

/** A line of a charge with a source of its own. */
export function chargeLine(price: number, operation: Operation = 'send.sms', source = newId('msg')): ChargeLine {
  return {
    quote: { operation, price, priceId: 'opr_01KAM000000000000000000003', country: 'ZA' },
    source: { type: source.startsWith('vrf_') ? 'verification' : 'message', id: source },
    description: `${operation} to ZA`,
  };
}
