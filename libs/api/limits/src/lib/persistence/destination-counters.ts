import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';

export interface WindowLimit {
  readonly quota: number;
  readonly windowMs: number;
}

export interface DestinationTake {
  readonly organizationId: string;
  readonly test: boolean;
  readonly channel: string;
  readonly destinationHash: string;
  readonly short: WindowLimit;
  readonly long: WindowLimit;
  readonly atMs: number;
}

export interface DestinationState {
  readonly suppressed: boolean;
  readonly short: { readonly count: number; readonly endsAt: number };
  readonly long: { readonly count: number; readonly endsAt: number };
}

interface StateRow {
  short_start: number | null;
  short_count: number | null;
  long_start: number | null;
  long_count: number | null;
  suppressed: number;
}

/**
 * Sends to one destination of an organization, in a short and a long window at once.
 *
 * Invariant: within a window no more are let through than its quota, however many ask at one instant in however many
 * processes. One conditional statement counts and decides, so there is nothing between reading and writing; a refused
 * attempt counts for nothing. A suppressed destination is refused by the same statement.
 *
 * Statements when it is let through: SQLite 1; MySQL 1, and 2 for a destination that was not there yet. Each a
 * transaction of its own: the gate runs before the start's. When it is refused one more, to say why.
 */
@Injectable()
export class DestinationCounters {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Null when it is let through and counted; else why not. */
  async take(take: DestinationTake): Promise<DestinationState | null> {
    const taken = this.database.engine === 'sqlite' ? await this.upsert(take) : await this.updateOrInsert(take);
    return taken ? null : this.state(take);
  }

  private async upsert(take: DestinationTake): Promise<boolean> {
    const { affected } = await this.database.execute(
      `${INSERT} ON CONFLICT (destination_hash, organization_id, test) DO UPDATE SET ${COUNT} WHERE ${HAS_ROOM}`,
      [...insertValues(take), ...countValues(take), ...roomValues(take)],
    );
    return affected === 1;
  }

  private async updateOrInsert(take: DestinationTake): Promise<boolean> {
    if (await this.update(take)) return true;
    try {
      const { affected } = await this.database.execute(INSERT, insertValues(take));
      return affected === 1;
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      // Full, suppressed, or somebody else was first by a moment: then there is room after all.
      return this.update(take);
    }
  }

  private async update(take: DestinationTake): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE destination_counter SET ${COUNT}
        WHERE destination_hash = ? AND organization_id = ? AND test = ? AND ${HAS_ROOM} AND ${NOT_SUPPRESSED}`,
      [...countValues(take), ...keyValues(take), ...roomValues(take), ...suppressionValues(take)],
    );
    return affected === 1;
  }

  private async state(take: DestinationTake): Promise<DestinationState> {
    const [row] = await this.database.query<StateRow>(
      `SELECT c.short_start AS short_start, c.short_count AS short_count, c.long_start AS long_start,
          c.long_count AS long_count, CASE WHEN ${NOT_SUPPRESSED} THEN 0 ELSE 1 END AS suppressed
        FROM (SELECT 1 AS one) o LEFT JOIN destination_counter c
          ON c.destination_hash = ? AND c.organization_id = ? AND c.test = ?`,
      [...suppressionValues(take), ...keyValues(take)],
    );
    const window = (start: number | null | undefined, count: number | null | undefined, { windowMs }: WindowLimit) => ({
      count: Number(count ?? 0),
      endsAt: Number(start ?? take.atMs) + windowMs,
    });
    return {
      suppressed: Number(row?.suppressed ?? 0) === 1,
      short: window(row?.short_start, row?.short_count, take.short),
      long: window(row?.long_start, row?.long_count, take.long),
    };
  }

  /** Rows whose windows are over; at most so many at once. */
  async purge(beforeMs: number, most: number): Promise<number> {
    const rows = await this.database.query<{ destination_hash: string; organization_id: string; test: number }>(
      'SELECT destination_hash, organization_id, test FROM destination_counter WHERE long_start < ? ORDER BY long_start LIMIT ?',
      [beforeMs, most],
    );
    for (const row of rows) {
      await this.database.execute(
        'DELETE FROM destination_counter WHERE destination_hash = ? AND organization_id = ? AND test = ? AND long_start < ?',
        [row.destination_hash, row.organization_id, row.test, beforeMs],
      );
    }
    return rows.length;
  }
}

const NOT_SUPPRESSED = `NOT EXISTS (SELECT 1 FROM suppression s WHERE s.organization_id = ? AND s.destination_hash = ?
  AND s.channel = ? AND (s.ends_at IS NULL OR s.ends_at > ?))`;

/** Counts first, starts after: MySQL assigns from left to right and would see the new start. */
const COUNT = `short_count = CASE WHEN short_start + ? <= ? THEN 1 ELSE short_count + 1 END,
  short_start = CASE WHEN short_start + ? <= ? THEN ? ELSE short_start END,
  long_count = CASE WHEN long_start + ? <= ? THEN 1 ELSE long_count + 1 END,
  long_start = CASE WHEN long_start + ? <= ? THEN ? ELSE long_start END`;

const HAS_ROOM = '(short_start + ? <= ? OR short_count < ?) AND (long_start + ? <= ? OR long_count < ?)';

const INSERT = `INSERT INTO destination_counter (destination_hash, organization_id, test, short_start, short_count,
  long_start, long_count) SELECT ?, ?, ?, ?, 1, ?, 1 FROM (SELECT 1 AS one) o WHERE ${NOT_SUPPRESSED}`;

const keyValues = ({ destinationHash, organizationId, test }: DestinationTake): SqlValue[] => [
  destinationHash,
  organizationId,
  test ? 1 : 0,
];

const countValues = ({ short, long, atMs }: DestinationTake): SqlValue[] => [
  ...[short.windowMs, atMs, short.windowMs, atMs, atMs],
  ...[long.windowMs, atMs, long.windowMs, atMs, atMs],
];

const roomValues = ({ short, long, atMs }: DestinationTake): SqlValue[] => [
  ...[short.windowMs, atMs, short.quota],
  ...[long.windowMs, atMs, long.quota],
];

/** Test keys reach nobody, so nobody's wish for silence concerns them. */
const suppressionValues = ({ organizationId, destinationHash, channel, test, atMs }: DestinationTake): SqlValue[] => [
  organizationId,
  destinationHash,
  test ? 'none' : channel,
  atMs,
];

const insertValues = (take: DestinationTake): SqlValue[] => [
  ...keyValues(take),
  take.atMs,
  take.atMs,
  ...suppressionValues(take),
];
