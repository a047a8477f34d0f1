import type { OPERATIONS } from '@tollgate/contracts';

/** What costs credits. */
export type Operation = (typeof OPERATIONS)[number];

export interface Quote {
  readonly operation: Operation;
  /** Milli-credits. Zero when the operation is not charged. */
  readonly price: number;
  /** `opr_…`: the version of the price that holds now. */
  readonly priceId: string;
  /** The country that was asked for; kept with the entry, for reports and price previews. */
  readonly country?: string | null;
}

/**
 * What an entry belongs to: `{ type: 'verification', id: 'vrf_…' }`. One operation is charged to one source once:
 * the message is the source of its send (a resend is another message), the verification that of start and check.
 */
export interface LedgerSource {
  readonly type: string;
  readonly id: string;
}

export interface ChargeLine {
  readonly quote: Quote;
  readonly source: LedgerSource;
  /** What the history shows: `SMS to ZA`. */
  readonly description: string;
}

export interface Charge {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly lines: readonly ChargeLine[];
  /** Milli-credits to hold for later, over and above the lines. The caller's row is the hold. */
  readonly hold: number;
  /** Milli-credits that the application may spend in a UTC day. Null or left out = as much as there is. */
  readonly applicationDailyCap?: number | null;
}

export interface Settlement {
  readonly organizationId: string;
  readonly applicationId: string;
  /** What the row holds now; it holds nothing afterwards. */
  readonly held: number;
}

/**
 * The credit ledger's door: double entry, append-only, integer milli-credits. Every act is called inside the unit of
 * work of its cause, as its last writes: the account row is the one hot row. Invariant: posted − held ≥ 0, decided by
 * one guarded UPDATE; a refusal is `insufficient_credits` with `balance` and `required`, and rolls everything back.
 *
 * Statements: a charge with paid lines 4, of them 3 while the account row is locked; a hold alone 1; nothing to pay 0;
 * a capture 4; a release 1; a refund 5, a repeated one 2.
 */
export abstract class CreditLedger {
  /** The price in force for the operation and country (ISO alpha-2 or null). Cached, no query on the hot path. */
  abstract quote(operation: Operation, country: string | null): Promise<Quote>;
  /**
   * Posts the lines (none for price 0) and adds the hold. Transaction id by line; null for a free one.
   * `balanceAfter` is what is posted afterwards; null when nothing was posted.
   *
   * The daily caps of the organization (its own setting) and of the application hold exactly, however many charge at
   * one instant: what was spent is read while the account row is locked, one more statement when there is a cap.
   * @throws DomainError insufficient_credits, spend_cap_reached
   * @throws Error when the operation was charged to that source before: a bug of the caller, never a second charge
   */
  abstract charge(charge: Charge): Promise<{ transactionIds: (string | null)[]; balanceAfter: number | null }>;
  /**
   * Takes the hold off and posts the check's price from it, at most what is held. Never refused. A second call for the
   * same source changes nothing.
   */
  abstract capture(settlement: Settlement & { readonly line: ChargeLine }): Promise<void>;
  /** Takes the hold off and posts nothing. Once only by the caller's own conditional UPDATE: its row is the hold. */
  abstract release(settlement: Settlement): Promise<void>;
  /** Reverses the charged lines of the source once; a second call adds nothing. True when something was reversed. */
  abstract refund(refund: {
    readonly organizationId: string;
    readonly applicationId: string;
    readonly source: LedgerSource;
    readonly reason: string;
  }): Promise<boolean>;
  /** Milli-credits charged since the instant, less refunds, for spend caps. Reads only what is new since the last call. */
  abstract spentSince(
    scope: { readonly organizationId: string; readonly applicationId?: string },
    sinceMs: number,
  ): Promise<number>;
  abstract balance(organizationId: string): Promise<{ posted: number; held: number; available: number }>;
}
