/** Credits that come in from elsewhere than a charge: gifts of staff and of set-up, and what was bought. */
export abstract class CreditGrants {
  /**
   * Puts credits on the organization's account, inside the unit of work of its cause; the first ones open it.
   * `onceKey` makes a repetition harmless: null then, and nothing was written.
   */
  abstract grant(grant: {
    readonly organizationId: string;
    readonly kind: 'grant' | 'purchase';
    /** Milli-credits, more than zero. */
    readonly amount: number;
    readonly description: string;
    readonly reason: string | null;
    /** `order:ord_…`; unique over all grants. */
    readonly onceKey?: string;
    readonly source?: { readonly type: string; readonly id: string };
  }): Promise<{ readonly transactionId: string; readonly balanceAfter: number } | null>;
}
