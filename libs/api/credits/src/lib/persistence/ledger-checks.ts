import type { LEDGER_INVARIANTS } from '@tollgate/contracts';
import type { HoldSource } from '../hold-sources';

export type Invariant = (typeof LEDGER_INVARIANTS)[number];

/** A SELECT of rows that must not be there. */
export interface LedgerCheck {
  readonly invariant: Invariant;
  readonly explanation: string;
  /** Selects organization_id, subject, expected, found. */
  readonly sql: string;
}

export const STATEMENTS: Readonly<Record<Invariant, string>> = {
  I1: 'Every transaction has two entries that sum to zero, and says what its entry on the account says',
  I2: 'What an account has posted is the sum of its entries',
  I4: 'What an account holds is the sum of what pending verifications hold',
  I5: 'An account holds no less than zero and never more than it has posted',
  I6: 'Entries of an account are numbered without gaps from 1 and each balance is the running sum',
  I9: 'Each captured verification has one capture of its amount, and each refund takes one charge back',
};

/** The entries of the organizations' own accounts with the entry before each. */
const HISTORY = `SELECT organization_id, transaction_id, seq, amount, balance_after,
    COALESCE(LAG(seq) OVER (PARTITION BY organization_id ORDER BY seq), 0) AS seq_before,
    COALESCE(LAG(balance_after) OVER (PARTITION BY organization_id ORDER BY seq), 0) AS balance_before
  FROM ledger_entry WHERE account = 'credits'`;

const FIXED: readonly LedgerCheck[] = [
  {
    invariant: 'I1',
    explanation: 'The entries of this transaction do not sum to zero, or are not two',
    sql: `SELECT organization_id, transaction_id AS subject, 'sum 0 of 2 entries' AS expected,
        CONCAT('sum ', SUM(amount), ' of ', COUNT(*), ' entries') AS found
      FROM ledger_entry GROUP BY organization_id, transaction_id HAVING SUM(amount) <> 0 OR COUNT(*) <> 2`,
  },
  {
    invariant: 'I1',
    explanation: 'This transaction has no entry on the account, or another amount there',
    sql: `SELECT t.organization_id AS organization_id, t.id AS subject, t.amount AS expected,
        CASE WHEN e.amount IS NULL THEN 'no entry' ELSE CONCAT(e.amount, '') END AS found
      FROM ledger_transaction t
      LEFT JOIN ledger_entry e ON e.transaction_id = t.id AND e.line = 0 AND e.account = 'credits'
        AND e.organization_id = t.organization_id
      WHERE e.amount IS NULL OR e.amount <> t.amount`,
  },
  {
    invariant: 'I1',
    explanation: 'This entry belongs to no transaction',
    sql: `SELECT e.organization_id AS organization_id, e.transaction_id AS subject, 'a transaction' AS expected,
        'none' AS found
      FROM ledger_entry e LEFT JOIN ledger_transaction t ON t.id = e.transaction_id WHERE t.id IS NULL`,
  },
  {
    invariant: 'I2',
    explanation: 'The posted balance is not the sum of the entries',
    sql: `SELECT a.organization_id AS organization_id, a.organization_id AS subject, COALESCE(s.total, 0) AS expected,
        a.posted AS found
      FROM ledger_account a
      LEFT JOIN (SELECT organization_id, SUM(amount) AS total FROM ledger_entry WHERE account = 'credits'
        GROUP BY organization_id) s ON s.organization_id = a.organization_id
      WHERE a.posted <> COALESCE(s.total, 0)`,
  },
  {
    invariant: 'I2',
    explanation: 'These entries belong to an account that does not exist',
    sql: `SELECT e.organization_id AS organization_id, e.organization_id AS subject, 'an account' AS expected,
        'none' AS found
      FROM (SELECT DISTINCT organization_id FROM ledger_entry) e
      LEFT JOIN ledger_account a ON a.organization_id = e.organization_id WHERE a.organization_id IS NULL`,
  },
  {
    invariant: 'I5',
    explanation: 'The account is overdrawn, or holds less than nothing',
    sql: `SELECT organization_id, organization_id AS subject, '0 <= held <= posted' AS expected,
        CONCAT('held ', held, ' of posted ', posted) AS found
      FROM ledger_account WHERE held < 0 OR posted - held < 0`,
  },
  {
    invariant: 'I6',
    explanation: 'The number of this entry does not follow the one before',
    sql: `SELECT organization_id, transaction_id AS subject, seq_before + 1 AS expected, seq AS found
      FROM (${HISTORY}) h WHERE seq IS NULL OR seq <> seq_before + 1`,
  },
  {
    invariant: 'I6',
    explanation: 'The balance after this entry is not the one before plus its amount',
    sql: `SELECT organization_id, transaction_id AS subject, balance_before + amount AS expected, balance_after AS found
      FROM (${HISTORY}) h WHERE balance_after IS NULL OR balance_after <> balance_before + amount`,
  },
  {
    invariant: 'I6',
    explanation: 'The last number of the account is not that of its last entry: an entry is missing at the end',
    sql: `SELECT a.organization_id AS organization_id, a.organization_id AS subject, a.seq AS expected,
        COALESCE(s.last_seq, 0) AS found
      FROM ledger_account a
      LEFT JOIN (SELECT organization_id, MAX(seq) AS last_seq FROM ledger_entry WHERE account = 'credits'
        GROUP BY organization_id) s ON s.organization_id = a.organization_id
      WHERE a.seq <> COALESCE(s.last_seq, 0)`,
  },
  {
    invariant: 'I9',
    explanation: 'This refund takes back a charge that is not there, or another amount than it charged',
    sql: `SELECT r.organization_id AS organization_id, r.id AS subject, CASE WHEN o.id IS NULL THEN 'a charge' ELSE CONCAT(-o.amount, '') END AS expected,
        r.amount AS found
      FROM ledger_transaction r
      LEFT JOIN ledger_transaction o ON o.id = r.reverses_id AND o.organization_id = r.organization_id
        AND o.kind = 'charge'
      WHERE r.kind = 'refund' AND (o.id IS NULL OR o.amount <> -r.amount)`,
  },
  {
    invariant: 'I9',
    explanation: 'This charge was taken back more than once',
    sql: `SELECT organization_id, reverses_id AS subject, 1 AS expected, COUNT(*) AS found
      FROM ledger_transaction WHERE reverses_id IS NOT NULL
      GROUP BY organization_id, reverses_id HAVING COUNT(*) > 1`,
  },
];

function heldAsRows(sources: readonly HoldSource[]): LedgerCheck {
  const rows = sources.map(({ held }) => `SELECT organization_id, held FROM (${held}) s`);
  const all = rows.length === 0 ? `SELECT '' AS organization_id, 0 AS held` : rows.join(' UNION ALL ');
  const totals = `SELECT organization_id, SUM(held) AS held FROM (${all}) r GROUP BY organization_id`;
  return {
    invariant: 'I4',
    explanation: 'The account holds another amount than its pending verifications do',
    sql: `SELECT a.organization_id AS organization_id, a.organization_id AS subject, COALESCE(h.held, 0) AS expected,
        a.held AS found
      FROM ledger_account a LEFT JOIN (${totals}) h ON h.organization_id = a.organization_id
      WHERE a.held <> COALESCE(h.held, 0)
      UNION ALL
      SELECT h.organization_id, h.organization_id, h.held, 'no account'
      FROM (${totals}) h LEFT JOIN ledger_account a ON a.organization_id = h.organization_id
      WHERE a.organization_id IS NULL AND h.held <> 0`,
  };
}

function capturedOnce({ type, captured }: HoldSource): LedgerCheck[] {
  if (captured === undefined) return [];
  return [
    {
      invariant: 'I9',
      explanation: `This ${type} was captured, and the ledger has no capture of that amount for it`,
      sql: `SELECT c.organization_id AS organization_id, c.id AS subject, c.amount AS expected,
          CASE WHEN t.amount IS NULL THEN 'no capture' ELSE CONCAT(-t.amount, '') END AS found
        FROM (${captured}) c LEFT JOIN ledger_transaction t ON t.once_key = CONCAT(c.id, ':capture')
          AND t.organization_id = c.organization_id
        WHERE c.amount > 0 AND (t.amount IS NULL OR t.amount <> -c.amount)`,
    },
    {
      invariant: 'I9',
      explanation: `The ledger has a capture for a ${type} that was not captured`,
      sql: `SELECT t.organization_id AS organization_id, t.id AS subject, 'none' AS expected, t.source_id AS found
        FROM ledger_transaction t LEFT JOIN (${captured}) c ON c.id = t.source_id
        WHERE t.kind = 'capture' AND t.source_type = '${type}' AND c.id IS NULL`,
    },
  ];
}

/** Every check, each one statement, so that each sees one moment of a ledger in use. */
export function ledgerChecks(sources: readonly HoldSource[]): readonly LedgerCheck[] {
  return [...FIXED, heldAsRows(sources), ...sources.flatMap(capturedOnce)];
}
