import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SealedRows, type PendingUse, type Reseal } from '@tollgate/api/crypto';
import { Database, sealedColumn } from '@tollgate/api/database';
import type { PersonalData } from './verification.entity';

/** What verifications and authenticators keep sealed, or have derived from a key, for the rotation of keys. */
@Injectable()
export class SealedProofs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly rows: SealedRows,
  ) {}

  onModuleInit(): void {
    this.rows.register(
      'authenticators',
      sealedColumn(this.database, { table: 'factor', column: 'secret_sealed', context: (id) => `factor:${id}` }),
    );
    this.rows.register(
      'destinations of verifications',
      sealedColumn(this.database, {
        table: 'verification',
        column: 'destination_sealed',
        context: (id) => `verification:${id}`,
      }),
    );
    this.rows.register('steps of workflows', (reseal, after, limit) => this.steps(reseal, after, limit));
    this.rows.registerPending('verifications', () => this.pending());
  }

  private async steps(reseal: Reseal, after: string, limit: number): Promise<{ renewed: number; last: string | null }> {
    const rows = await this.database.query<{ id: string; personal: string | null }>(
      `SELECT id, personal FROM verification WHERE id > ? ORDER BY id LIMIT ${limit}`,
      [after],
    );
    let renewed = 0;
    for (const { id, personal } of rows) {
      const fresh = personal === null ? null : withSteps(personal, id, reseal);
      if (fresh === null) continue;
      const { affected } = await this.database.execute(
        'UPDATE verification SET personal = ? WHERE id = ? AND personal = ?',
        [fresh, id, personal],
      );
      renewed += affected;
    }
    return { renewed, last: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  }

  /** Codes are derived, not sealed: each needs the key that it began with until it ends. */
  private async pending(): Promise<PendingUse[]> {
    const rows = await this.database.query<{ keyId: string; n: number }>(
      `SELECT code_key_id AS keyId, COUNT(*) AS n FROM verification WHERE status = 'pending' GROUP BY code_key_id`,
    );
    return rows.map(({ keyId, n }) => ({ keyId, count: Number(n) }));
  }
}

/** The text with its steps sealed anew; null when there was nothing to renew. */
function withSteps(text: string, id: string, reseal: Reseal): string | null {
  const personal = JSON.parse(text) as PersonalData;
  let changed = false;
  const steps = personal.steps.map((step, index) => {
    const sealed = step.other === null ? null : reseal(step.other.sealed, `verification:${id}:${index}`);
    if (step.other === null || sealed === null) return step;
    changed = true;
    return { ...step, other: { ...step.other, sealed } };
  });
  return changed ? JSON.stringify({ ...personal, steps }) : null;
}
