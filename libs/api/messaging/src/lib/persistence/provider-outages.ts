import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { circuitKey } from '../domain/routing';

export interface OutageRow {
  readonly id: string;
  readonly providerId: string;
  readonly country: string | null;
  readonly reason: string;
  readonly openedAt: number;
}

interface RawOutage {
  readonly id: string;
  readonly provider_id: string;
  readonly country: string | null;
  readonly reason: string;
  readonly opened_at: number;
}

/** Times in which a provider was left alone. At most one open row for each provider and country. */
@Injectable()
export class ProviderOutages {
  constructor(private readonly database: Database) {}

  /** False when one is open already: another process was first, and has told staff. */
  async open(outage: OutageRow): Promise<boolean> {
    try {
      await this.database.execute(
        'INSERT INTO provider_outage (id, provider_id, country, open_key, reason, opened_at) VALUES (?, ?, ?, ?, ?, ?)',
        [
          outage.id,
          outage.providerId,
          outage.country,
          circuitKey(outage.providerId, outage.country),
          outage.reason.slice(0, 60),
          outage.openedAt,
        ],
      );
      return true;
    } catch (error) {
      if (this.database.isDuplicate(error)) return false;
      throw error;
    }
  }

  async close(key: string, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE provider_outage SET closed_at = ?, open_key = NULL WHERE open_key = ?',
      [at, key],
    );
    return affected > 0;
  }

  async openOnes(providerId?: string): Promise<OutageRow[]> {
    const rows = await this.database.query<RawOutage>(
      `SELECT id, provider_id, country, reason, opened_at FROM provider_outage WHERE open_key IS NOT NULL${providerId === undefined ? '' : ' AND provider_id = ?'} ORDER BY opened_at`,
      providerId === undefined ? [] : [providerId],
    );
    return rows.map((row) => ({
      id: row.id,
      providerId: row.provider_id,
      country: row.country,
      reason: row.reason,
      openedAt: row.opened_at,
    }));
  }
}
