import type { Database } from '@tollgate/api/database';
import type { Anchor } from '../domain/anchor';
import type { AuditEventRow, AuditSealRow } from '../domain/audit-event';
import type { ChainLink } from '../domain/chain-check';
import { EVENT_COLUMNS, selectEvent } from './event-columns';

const BATCH = 1_000;

type LinkRow = Omit<AuditSealRow, 'organizationId'> & { sealOrganizationId: string } & (
    AuditEventRow | { readonly id: null }
  );

/** Everything that a verification reads. Made from a database alone, so that a command can use it without the server. */
export class AuditEvidence {
  constructor(private readonly database: Database) {}

  /** Every organization of which there is an event, a seal or an anchor. */
  async organizations(): Promise<string[]> {
    const rows = await this.database.query<{ organization_id: string }>(
      `SELECT organization_id FROM audit_event GROUP BY organization_id
        UNION SELECT organization_id FROM audit_seal GROUP BY organization_id
        UNION SELECT organization_id FROM audit_anchor GROUP BY organization_id`,
    );
    return rows.map((row) => row.organization_id).sort();
  }

  /** The chain of an organization in the order of its numbers, read in pieces: it may be longer than memory. */
  async *links(organizationId: string): AsyncGenerator<ChainLink> {
    let after = 0;
    for (;;) {
      const rows = await this.database.query<LinkRow>(
        `SELECT s.organization_id AS sealOrganizationId, s.seq AS seq, s.event_id AS eventId, s.digest AS digest,
            s.previous_hash AS previousHash, s.hash AS hash, s.sealed_at AS sealedAt, ${selectEvent('e')}
          FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id
          WHERE s.organization_id = ? AND s.seq > ? ORDER BY s.seq LIMIT ${BATCH}`,
        [organizationId, after],
      );
      for (const row of rows) yield linkOf(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return;
      after = last.seq;
    }
  }

  anchors(organizationId: string): Promise<Anchor[]> {
    return this.database.query<Anchor>(
      `SELECT organization_id AS organizationId, seq, hash, anchored_at AS anchoredAt, signature
        FROM audit_anchor WHERE organization_id = ? ORDER BY seq, anchored_at`,
      [organizationId],
    );
  }

  /** How many events wait for their seal. */
  async waiting(organizationId: string): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM audit_pending WHERE organization_id = ?',
      [organizationId],
    );
    return Number(row?.n ?? 0);
  }

  /**
   * Events that are neither sealed nor waiting. The log writes an event and its place on the list in one transaction,
   * and takes it off in the one that seals it: such a row came another way.
   */
  async strays(organizationId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT e.id AS id FROM audit_event e LEFT JOIN audit_seal s ON s.event_id = e.id
        LEFT JOIN audit_pending p ON p.event_id = e.id
        WHERE e.organization_id = ? AND s.event_id IS NULL AND p.event_id IS NULL ORDER BY e.id LIMIT 100`,
      [organizationId],
    );
    return rows.map((row) => row.id);
  }

  /** Events that wait for their seal and are gone. */
  async lost(organizationId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT p.event_id AS id FROM audit_pending p LEFT JOIN audit_event e ON e.id = p.event_id
        WHERE p.organization_id = ? AND e.id IS NULL ORDER BY p.event_id LIMIT 100`,
      [organizationId],
    );
    return rows.map((row) => row.id);
  }
}

function linkOf(row: LinkRow): ChainLink {
  const { sealOrganizationId, seq, eventId, digest, previousHash, hash, sealedAt } = row;
  return {
    seal: { organizationId: sealOrganizationId, seq, eventId, digest, previousHash, hash, sealedAt },
    event: row.id === null ? null : eventOf(row),
  };
}

/** The event's own fields, out of a row that holds others too. */
export function eventOf(row: AuditEventRow): AuditEventRow {
  return Object.fromEntries(EVENT_COLUMNS.map(([field]) => [field, row[field]])) as unknown as AuditEventRow;
}
