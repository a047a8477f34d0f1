import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import type { ConversionEvent } from '../domain/conversion-counters';
import type { CountedStart } from '../domain/counted-by';
import type { ReplayedStart } from '../domain/replay';

export interface StoredConversion extends ConversionEvent {
  readonly id: string;
}

interface AttemptRow {
  id: string;
  organization_id: string;
  application_id: string;
  kind: 'started' | 'approved' | 'refused';
  channel: CountedStart['channel'];
  country: string | null;
  prefix: string | null;
  network: string | null;
  user_hash: string | null;
  destination_hash: string | null;
  at: number;
}

const COLUMNS = `id, organization_id, application_id, kind, channel, country, prefix, network, user_hash,
  destination_hash, at`;

/** The lowest id that an attempt of the instant can have: ids sort by time. */
const firstIdAt = (atMs: number): string => newId('sta', atMs).slice(0, 14).padEnd(30, '0');

/** Insert-only rows of what live keys started and what of it was approved. */
@Injectable()
export class StartAttempts {
  constructor(@Inject(Database) private readonly database: Database) {}

  async add(kind: 'started' | 'approved', start: CountedStart, atMs: number): Promise<string> {
    const id = newId('sta', atMs);
    await this.database.execute(`INSERT INTO start_attempt (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
      id,
      start.organizationId,
      start.applicationId,
      kind,
      start.channel,
      start.country,
      start.prefix,
      start.network,
      start.userHash,
      start.destinationHash,
      atMs,
    ]);
    return id;
  }

  /** Whether somebody was verified at this destination before. */
  async isKnown(organizationId: string, destinationHash: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 AS one FROM start_attempt
        WHERE destination_hash = ? AND organization_id = ? AND kind = 'approved' LIMIT 1`,
      [destinationHash, organizationId],
    );
    return rows.length > 0;
  }

  /** SMS starts and approvals since the instant, newest first. */
  async since(atMs: number, most: number): Promise<StoredConversion[]> {
    const rows = await this.database.query<AttemptRow>(
      `SELECT id, organization_id, kind, country, prefix, network, at FROM start_attempt
        WHERE id >= ? AND channel = 'sms' ORDER BY id DESC LIMIT ?`,
      [firstIdAt(atMs), most],
    );
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind === 'approved' ? 'approved' : 'started',
      organizationId: row.organization_id,
      country: row.country,
      prefix: row.prefix,
      network: row.network,
      at: Number(row.at),
    }));
  }

  /** Real requests of live keys in order, those that limits refused too, for previews. */
  async replay(fromMs: number, toMs: number, most: number): Promise<ReplayedStart[]> {
    const attempts = await this.database.query<AttemptRow>(
      `SELECT ${COLUMNS} FROM start_attempt WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
      [firstIdAt(fromMs), firstIdAt(toMs), most],
    );
    const refused = await this.database.query<AttemptRow>(
      `SELECT id, organization_id, application_id, 'refused' AS kind, channel, country, prefix, network, user_hash,
          destination_hash, at
        FROM refusal WHERE at >= ? AND at < ? AND test = 0 AND kind = 'start' AND outcome <> 'would_block'
        ORDER BY at DESC LIMIT ?`,
      [fromMs, toMs, most],
    );
    return [...attempts, ...refused].map(replayedOf).sort((a, b) => a.at - b.at);
  }

  /** Counts the days anew, from the rows: the same however often it runs. */
  async foldDay(dayMs: number, endMs: number): Promise<void> {
    const rows = await this.database.query<{
      organization_id: string;
      country: string;
      started: number;
      approved: number;
    }>(
      `SELECT organization_id, country, SUM(CASE WHEN kind = 'started' THEN 1 ELSE 0 END) AS started,
          SUM(CASE WHEN kind = 'approved' THEN 1 ELSE 0 END) AS approved
        FROM start_attempt WHERE id >= ? AND id < ? AND channel = 'sms' AND country IS NOT NULL
        GROUP BY organization_id, country`,
      [firstIdAt(dayMs), firstIdAt(endMs)],
    );
    await this.database.execute('DELETE FROM conversion_day WHERE day = ?', [dayMs]);
    for (const { organization_id, country, started, approved } of rows) {
      await this.database.execute(
        'INSERT INTO conversion_day (organization_id, country, day, started, approved) VALUES (?, ?, ?, ?, ?)',
        [organization_id, country, dayMs, Number(started), Number(approved)],
      );
    }
  }

  async days(
    sinceMs: number,
  ): Promise<{ organizationId: string; country: string; day: number; started: number; approved: number }[]> {
    const rows = await this.database.query<{
      organization_id: string;
      country: string;
      day: number;
      started: number;
      approved: number;
    }>('SELECT organization_id, country, day, started, approved FROM conversion_day WHERE day >= ?', [sinceMs]);
    return rows.map(({ organization_id: organizationId, country, day, started, approved }) => ({
      organizationId,
      country,
      day: Number(day),
      started: Number(started),
      approved: Number(approved),
    }));
  }

  /** At most so many rows of before the instant, and the days with them. */
  async purge(beforeMs: number, most: number): Promise<number> {
    await this.database.execute('DELETE FROM conversion_day WHERE day < ?', [beforeMs - 86_400_000]);
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM start_attempt WHERE id < ? ORDER BY id LIMIT ?',
      [firstIdAt(beforeMs), most],
    );
    const last = rows.at(-1);
    if (last !== undefined) await this.database.execute('DELETE FROM start_attempt WHERE id <= ?', [last.id]);
    return rows.length;
  }
}

const replayedOf = (row: AttemptRow): ReplayedStart => ({
  kind: row.kind,
  organizationId: row.organization_id,
  applicationId: row.application_id,
  test: false,
  channel: row.channel,
  country: row.country,
  prefix: row.prefix,
  network: row.network,
  userHash: row.user_hash,
  destinationHash: row.destination_hash,
  at: Number(row.at),
});
