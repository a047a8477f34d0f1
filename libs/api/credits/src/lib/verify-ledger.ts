import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { LEDGER_INVARIANTS, type LedgerFinding, type LedgerReport } from '@tollgate/contracts';
import { HoldSources, type HoldSource } from './hold-sources';
import type { LedgerIntegrity } from './ledger-integrity';
import { ledgerChecks, STATEMENTS } from './persistence/ledger-checks';

/** Findings a check; one fault early in a history is enough to start from. */
const MOST_FINDINGS = 100;

interface FindingRow {
  organization_id: string;
  subject: string;
  expected: string | number;
  found: string | number;
}

/**
 * Checks the ledger over all accounts. What nobody registered to hold is held by nobody: without `sources` an account
 * that holds anything breaks I4.
 */
export async function verifyLedger(
  database: Database,
  sources: readonly HoldSource[],
  atMs: number,
): Promise<LedgerReport> {
  const findings: LedgerFinding[] = [];
  for (const { invariant, explanation, sql } of ledgerChecks(sources)) {
    const rows = await database.query<FindingRow>(`SELECT * FROM (${sql}) findings LIMIT ${MOST_FINDINGS}`);
    for (const row of rows) {
      findings.push({
        invariant,
        organization_id: row.organization_id,
        subject: row.subject,
        expected: String(row.expected),
        found: String(row.found),
        explanation,
      });
    }
  }
  const count = async (table: string): Promise<number> => {
    const [row] = await database.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row?.n ?? 0);
  };
  const invariants = LEDGER_INVARIANTS.map((invariant) => {
    const found = findings.filter((finding) => finding.invariant === invariant).length;
    return { invariant, statement: STATEMENTS[invariant], ok: found === 0, findings: found };
  });
  return {
    ok: findings.length === 0,
    verified_at: new Date(atMs).toISOString(),
    accounts: await count('ledger_account'),
    transactions: await count('ledger_transaction'),
    entries: await count('ledger_entry'),
    invariants,
    findings,
  };
}

/** The door `LedgerIntegrity`, with the hold sources that slices registered. */
@Injectable()
export class VerifyLedger implements LedgerIntegrity {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HoldSources) private readonly sources: HoldSources,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  verify(): Promise<LedgerReport> {
    return verifyLedger(this.database, this.sources.all(), this.clock.recordedAt());
  }
}
