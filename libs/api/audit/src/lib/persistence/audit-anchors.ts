import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { Anchor } from '../domain/anchor';

/** Signed ends of chains. Inserted and read, nothing else. */
@Injectable()
export class AuditAnchors {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The ends of all chains that went on since they were last anchored, or never were. */
  async advanced(): Promise<{ organizationId: string; seq: number; hash: string }[]> {
    return this.database.query(
      `SELECT s.organization_id AS organizationId, s.seq AS seq, s.hash AS hash
        FROM (SELECT organization_id, MAX(seq) AS seq FROM audit_seal GROUP BY organization_id) head
        JOIN audit_seal s ON s.organization_id = head.organization_id AND s.seq = head.seq
        WHERE NOT EXISTS (SELECT 1 FROM audit_anchor a WHERE a.organization_id = head.organization_id AND a.seq >= head.seq)
        ORDER BY s.organization_id`,
    );
  }

  async insert(anchors: readonly Anchor[]): Promise<void> {
    for (const anchor of anchors) {
      await this.database.execute(
        'INSERT INTO audit_anchor (organization_id, seq, hash, anchored_at, signature) VALUES (?, ?, ?, ?, ?)',
        [anchor.organizationId, anchor.seq, anchor.hash, anchor.anchoredAt, anchor.signature],
      );
    }
  }
}
