import { LedgerIntegrity } from '@tollgate/api/credits';
import type { LedgerReport } from '@tollgate/contracts';
import { readArguments, say, type Command } from './command';
import { withApplication } from './with-application';

function print(report: LedgerReport): void {
  const { accounts, transactions, entries } = report;
  say(`Ledger: ${accounts} accounts, ${transactions} transactions, ${entries} entries`);
  for (const { invariant, statement, ok, findings } of report.invariants) {
    say(`  ${ok ? 'holds ' : 'BROKEN'}  ${invariant}  ${statement}${ok ? '' : ` (${findings})`}`);
  }
  for (const { invariant, organization_id, subject, expected, found, explanation } of report.findings) {
    say(`${invariant}: ${subject} of ${organization_id}: expected ${expected}, found ${found}. ${explanation}`);
  }
  say(report.ok ? 'Every invariant holds.' : `${report.findings.length} findings.`);
}

export const verifyCredits: Command = {
  usage: 'verify-ledger [--json]',
  summary: 'checks the invariants of the credit ledger and names what breaks; status 1 when something does',
  async run(args, config) {
    const { has } = readArguments(verifyCredits, args, [], ['--json']);
    const report = await withApplication(config, (application) =>
      application.get(LedgerIntegrity, { strict: false }).verify(),
    );
    if (has('--json')) say(JSON.stringify(report, null, 2));
    else print(report);
    return report.ok ? 0 : 1;
  },
};
