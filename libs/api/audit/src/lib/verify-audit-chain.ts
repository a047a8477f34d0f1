import { Injectable } from '@nestjs/common';
import type { AuditReport } from '@tollgate/contracts';
import { Database } from '@tollgate/api/database';
import { Clock, type OrganizationScope } from '@tollgate/api/kernel';
import { AnchorFile } from './anchor-file';
import { AnchorSigner } from './anchor-signer';
import { verifyAudit, type ChainReport } from './verify-audit';

const MOST_CHAINS = 200;
const MOST_FAULTS = 100;

/**
 * Verifies the chains of a scope with the signatures and the file of this installation. Whoever asks while the same is
 * under way gets that result: it reads a whole log, and asking twice must not cost twice.
 */
@Injectable()
export class VerifyAuditChain {
  private readonly running = new Map<string | null, Promise<AuditReport>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signer: AnchorSigner,
    private readonly file: AnchorFile,
  ) {}

  execute({ organizationId }: OrganizationScope): Promise<AuditReport> {
    const known = this.running.get(organizationId);
    if (known !== undefined) return known;
    const run = this.verify(organizationId).finally(() => this.running.delete(organizationId));
    this.running.set(organizationId, run);
    return run;
  }

  private async verify(organizationId: string | null): Promise<AuditReport> {
    const reports = await verifyAudit(this.database, {
      ...(organizationId === null ? {} : { organizationId }),
      anchorHolds: (anchor) => this.signer.holds(anchor),
      anchors: await this.file.read(),
    });
    const faultyFirst = [...reports].sort((a, b) => Number(a.ok) - Number(b.ok));
    return {
      ok: reports.every((report) => report.ok),
      verified_at: new Date(this.clock.recordedAt()).toISOString(),
      chains: faultyFirst.slice(0, MOST_CHAINS).map(chainView),
      chains_total: reports.length,
      events_total: reports.reduce((sum, report) => sum + report.sealed, 0),
    };
  }
}

function chainView(report: ChainReport): AuditReport['chains'][number] {
  return {
    organization_id: report.organizationId,
    ok: report.ok,
    sealed: report.sealed,
    unsealed: report.unsealed,
    head_hash: report.headHash,
    anchors: report.anchors,
    last_anchor:
      report.lastAnchor === null
        ? null
        : { seq: report.lastAnchor.seq, at: new Date(report.lastAnchor.at).toISOString() },
    faults: report.faults
      .slice(0, MOST_FAULTS)
      .map(({ kind, seq, eventId, detail }) => ({ kind, seq, event_id: eventId, detail })),
  };
}
