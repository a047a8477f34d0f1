import type { Database } from '@tollgate/api/database';
import type { Anchor } from './domain/anchor';
import { ChainCheck, type ChainFault } from './domain/chain-check';
import { AuditEvidence } from './persistence/audit-evidence';

/** What was found in the chain of one organization. */
export interface ChainReport {
  readonly organizationId: string;
  readonly ok: boolean;
  /** Events in the chain. */
  readonly sealed: number;
  /** Events that wait for their seal: written within the last second, or by a process that was killed. */
  readonly unsealed: number;
  readonly headHash: string | null;
  /** Anchors whose signature held. */
  readonly anchors: number;
  readonly lastAnchor: { readonly seq: number; readonly at: number } | null;
  readonly faults: readonly ChainFault[];
}

export interface VerifyAuditOptions {
  /** One organization; all of them without. */
  readonly organizationId?: string;
  /** Whether the signature of an anchor holds. Without, anchors are believed. */
  readonly anchorHolds?: (anchor: Anchor) => boolean;
  /** Anchors kept outside the database. */
  readonly anchors?: readonly Anchor[];
}

/**
 * Verifies the audit log: recomputes every hash, and compares chains with their anchors. Names each row that was
 * changed, is missing or was put elsewhere, a tail that was cut, and rows that the log did not write. Reads only, in
 * pieces, while the server runs or not.
 */
export async function verifyAudit(database: Database, options: VerifyAuditOptions = {}): Promise<ChainReport[]> {
  const evidence = new AuditEvidence(database);
  const outside = options.anchors ?? [];
  const organizations =
    options.organizationId === undefined
      ? [...new Set([...(await evidence.organizations()), ...outside.map((anchor) => anchor.organizationId)])].sort()
      : [options.organizationId];
  const reports: ChainReport[] = [];
  for (const organizationId of organizations) {
    const own = outside.filter((anchor) => anchor.organizationId === organizationId);
    reports.push(await verifyChain(evidence, organizationId, own, options.anchorHolds ?? (() => true)));
  }
  return reports;
}

async function verifyChain(
  evidence: AuditEvidence,
  organizationId: string,
  outside: readonly Anchor[],
  holds: (anchor: Anchor) => boolean,
): Promise<ChainReport> {
  const anchors = unique([...(await evidence.anchors(organizationId)), ...outside]);
  const good = anchors.filter(holds);
  const check = new ChainCheck(good);
  for await (const link of evidence.links(organizationId)) check.next(link);
  check.finish();
  const faults: ChainFault[] = [
    ...check.faults,
    ...(await evidence.lost(organizationId)).map((eventId) => unplaced('missing', eventId, 'was written and is gone')),
    ...(await evidence.strays(organizationId)).map((eventId) =>
      unplaced('inserted', eventId, 'was not written by the log'),
    ),
    ...anchors
      .filter((anchor) => !good.includes(anchor))
      .map((anchor): ChainFault => {
        const detail = `the signature of the anchor at row ${anchor.seq} does not hold`;
        return { kind: 'anchor_invalid', seq: anchor.seq, eventId: null, detail };
      }),
  ];
  const last = good.reduce<Anchor | null>(
    (best, anchor) => (best === null || anchor.seq > best.seq ? anchor : best),
    null,
  );
  return {
    organizationId,
    ok: faults.length === 0,
    sealed: check.length,
    unsealed: await evidence.waiting(organizationId),
    headHash: check.length === 0 ? null : check.head.hash,
    anchors: good.length,
    lastAnchor: last === null ? null : { seq: last.seq, at: last.anchoredAt },
    faults,
  };
}

function unplaced(kind: ChainFault['kind'], eventId: string, what: string): ChainFault {
  return { kind, seq: null, eventId, detail: `the event ${eventId} ${what}` };
}

/** Each anchor once, although it stands in the table and in the file. */
function unique(anchors: readonly Anchor[]): Anchor[] {
  return [...new Map(anchors.map((anchor) => [JSON.stringify(anchor), anchor])).values()];
}
