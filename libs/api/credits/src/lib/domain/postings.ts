/** The organization's own account, the only materialized one; and the platform's, each with the organization as dimension. */
export const ACCOUNTS = {
  credits: 'credits',
  consumed: 'consumed',
  promo: 'issued.promo',
  adjustment: 'issued.adjustment',
  purchase: 'issued.purchase',
} as const;

export type EntryKind = 'charge' | 'capture' | 'refund' | 'grant' | 'adjustment' | 'purchase';

/** The other side of each kind: what the organization's credits lose, this account gains. */
export const COUNTER_ACCOUNT: Readonly<Record<EntryKind, string>> = {
  charge: ACCOUNTS.consumed,
  capture: ACCOUNTS.consumed,
  refund: ACCOUNTS.consumed,
  grant: ACCOUNTS.promo,
  adjustment: ACCOUNTS.adjustment,
  purchase: ACCOUNTS.purchase,
};

export interface PostedAmount {
  readonly transactionId: string;
  readonly kind: EntryKind;
  /** Signed milli-credits, as the organization's account sees them; never zero. */
  readonly amount: number;
}

export interface Entry {
  readonly transactionId: string;
  readonly line: 0 | 1;
  readonly account: string;
  readonly amount: number;
  /** Of the organization's account only. */
  readonly seq: number | null;
  readonly balanceAfter: number | null;
}

/**
 * The balanced entries of transactions that one UPDATE of the account posted together: it ended at `postedAfter` and
 * `seqAfter`, so each transaction's place and balance follow by counting back.
 */
export function entriesOf(posted: readonly PostedAmount[], postedAfter: number, seqAfter: number): Entry[] {
  let balance = postedAfter - posted.reduce((sum, one) => sum + one.amount, 0);
  let seq = seqAfter - posted.length;
  return posted.flatMap(({ transactionId, kind, amount }): Entry[] => {
    balance += amount;
    seq += 1;
    return [
      { transactionId, line: 0, account: ACCOUNTS.credits, amount, seq, balanceAfter: balance },
      { transactionId, line: 1, account: COUNTER_ACCOUNT[kind], amount: -amount, seq: null, balanceAfter: null },
    ];
  });
}

/** Whether the balance went from at or above the threshold to below it: once per crossing, for the row lock orders them. */
export function crossedDownwards(threshold: number | null, before: number, after: number): boolean {
  return threshold !== null && before >= threshold && after < threshold;
}

/** Keys that are unique in the ledger: they begin with the source, so that one index also finds what a source cost. */
export const onceKeys = {
  charge: (sourceId: string, operation: string): string => `${sourceId}:charge:${operation}`,
  refund: (sourceId: string, operation: string): string => `${sourceId}:refund:${operation}`,
  capture: (sourceId: string): string => `${sourceId}:capture`,
  /** Idempotency of staff acts is the platform's; their own id is their source. */
  own: (transactionId: string, kind: EntryKind): string => `${transactionId}:${kind}`,
  /** Half-open range of all keys of a source: `;` follows `:` in ASCII. */
  ofSource: (sourceId: string): readonly [from: string, to: string] => [`${sourceId}:`, `${sourceId};`],
  chargesOfSource: (sourceId: string): readonly [from: string, to: string] => [
    `${sourceId}:charge:`,
    `${sourceId}:charge;`,
  ],
} as const;
