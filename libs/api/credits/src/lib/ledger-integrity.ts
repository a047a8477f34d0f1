import type { LedgerReport } from '@tollgate/contracts';

/**
 * Checks the ledger's invariants (I1, I2, I4, I5, I6, I9) over all accounts and names what breaks. Each check is one
 * statement, so it sees one moment and raises no false alarm under traffic. Reads only.
 */
export abstract class LedgerIntegrity {
  abstract verify(): Promise<LedgerReport>;
}
