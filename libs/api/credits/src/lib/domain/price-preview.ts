import type { Operation } from '../credit-ledger';
import { PriceBook, priceOf, type PriceVersion } from './price-book';

export interface ProposedPrice {
  readonly operation: Operation;
  readonly country: string | null;
  readonly price: number;
  readonly active: boolean;
}

/** Paid use of a range, from ledger rows. */
export interface Use {
  readonly operation: Operation;
  readonly country: string | null;
  readonly count: number;
  readonly charged: number;
}

export interface PreviewedUse extends Use {
  readonly wouldHaveCharged: number;
}

const PROPOSED = 'proposed';

/**
 * What the same use would have cost, had the proposed prices held beside those in force now. Where no proposed price
 * applies (another operation, or a country that keeps its own price) what was charged stays as it is.
 */
export function previewUse(
  use: readonly Use[],
  current: readonly PriceVersion[],
  proposed: readonly ProposedPrice[],
  nowMs: number,
): PreviewedUse[] {
  const begun = current.filter((version) => version.validFrom <= nowMs);
  const book = new PriceBook([
    ...begun,
    ...proposed.map((price): PriceVersion => ({ ...price, id: PROPOSED, validFrom: nowMs + 1 })),
  ]);
  const before = new PriceBook(begun);
  return use.map((line) => {
    const then = book.inForce(line.operation, line.country, nowMs + 1);
    const now = before.inForce(line.operation, line.country, nowMs);
    const applies = then !== null && (then.id === PROPOSED || then.id !== now?.id);
    return { ...line, wouldHaveCharged: applies ? line.count * priceOf(then) : line.charged };
  });
}

/** The last full calendar month in UTC before the instant. */
export function lastMonth(atMs: number): { from: number; to: number } {
  const at = new Date(atMs);
  return {
    from: Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1),
    to: Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1),
  };
}
