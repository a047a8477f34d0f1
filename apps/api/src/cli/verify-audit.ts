import { AnchorFile, AnchorSigner, SealAuditChains, verifyAudit, type ChainReport } from '@tollgate/api/audit';
import { Database } from '@tollgate/api/database';
import type { INestApplicationContext } from '@nestjs/common';
import { readArguments, say, type Command } from './command';
import { withApplication } from './with-application';

/** Rows that a killed process left without a seal get theirs first; a running server's own sealer may be at it too. */
async function sealWaiting(application: INestApplicationContext): Promise<void> {
  const sealing = application.get(SealAuditChains, { strict: false });
  for (let sealed = 1; sealed > 0;) sealed = await sealing.execute();
}

async function verify(application: INestApplicationContext): Promise<ChainReport[]> {
  await sealWaiting(application);
  const signer = application.get(AnchorSigner, { strict: false });
  return verifyAudit(application.get(Database, { strict: false }), {
    anchorHolds: (anchor) => signer.holds(anchor),
    anchors: await application.get(AnchorFile, { strict: false }).read(),
  });
}

function print(reports: readonly ChainReport[]): void {
  for (const { organizationId, ok, sealed, unsealed, anchors, headHash, faults } of reports) {
    const waiting = unsealed === 0 ? '' : `, ${unsealed} not sealed yet`;
    say(`  ${ok ? 'whole ' : 'BROKEN'}  ${organizationId}  ${sealed} rows${waiting}, ${anchors} anchors`);
    if (headHash !== null) say(`          ends in ${headHash}`);
    for (const { kind, seq, eventId, detail } of faults) {
      const row = [seq === null ? '' : ` row ${seq}`, eventId === null ? '' : ` ${eventId}`].join('');
      say(`          ${kind}${row}: ${detail}`);
    }
  }
  const broken = reports.filter((report) => !report.ok).length;
  say(broken === 0 ? `Every chain is whole: ${reports.length}.` : `${broken} of ${reports.length} chains are broken.`);
}

export const verifyAuditLog: Command = {
  usage: 'verify-audit [--json]',
  summary: 'recomputes the audit log and names each row that was changed, is missing or moved; status 1 when one is',
  async run(args, config) {
    const { has } = readArguments(verifyAuditLog, args, [], ['--json']);
    const reports = await withApplication(config, verify);
    if (has('--json')) say(JSON.stringify(reports, null, 2));
    else print(reports);
    return reports.every((report) => report.ok) ? 0 : 1;
  },
};
