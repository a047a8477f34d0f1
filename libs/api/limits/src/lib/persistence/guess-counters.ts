import { Inject, Injectable } from '@nestjs/common';
import { Database, keysetPage, where, type SqlValue } from '@tollgate/api/database';
import { newId, type OrganizationScope } from '@tollgate/api/kernel';
import type { GuessLockView, InputOf, listGuessLocks, Page } from '@tollgate/contracts';
import {
  FIRST_WAIT_MS,
  LONGEST_WAIT_MS,
  MOST_DOUBLINGS,
  type GuessCount,
  type GuessRules,
} from '../domain/guess-slowdown';

export interface GuessSubject {
  readonly applicationId: string;
  readonly destinationHash: string;
  readonly test: boolean;
}

interface GuessRow {
  id: string;
  organization_id: string;
  application_id: string;
  test: number;
  window_start: number;
  window_count: number;
  consecutive: number;
  blocked_until: number;
  locked: number;
  last_wrong_at: number;
}

const SUBJECT = 'application_id = ? AND destination_hash = ? AND test = ?';
const subjectValues = ({ applicationId, destinationHash, test }: GuessSubject): SqlValue[] => [
  applicationId,
  destinationHash,
  test ? 1 : 0,
];

/** How many wrong codes over the threshold this one makes, from the columns as they were. */
const OVER = '(CASE WHEN window_start + ? <= ? THEN 1 ELSE window_count + 1 END - ?)';

/**
 * Wrong codes of one application and destination. One statement counts one: parallel wrong codes are all counted, in
 * any number of processes. What it computes is `afterWrong`.
 */
@Injectable()
export class GuessCounters {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(subject: GuessSubject): Promise<(GuessCount & { readonly id: string }) | null> {
    const [row] = await this.database.query<GuessRow>(
      `SELECT id, window_start, window_count, consecutive, blocked_until, locked FROM guess_counter WHERE ${SUBJECT}`,
      subjectValues(subject),
    );
    return row === undefined ? null : { id: row.id, ...countOf(row) };
  }

  async addWrong(subject: GuessSubject, organizationId: string, rules: GuessRules, atMs: number): Promise<void> {
    if (await this.update(subject, rules, atMs)) return;
    try {
      await this.database.execute(
        `INSERT INTO guess_counter (id, organization_id, application_id, destination_hash, test, window_start,
          window_count, consecutive, blocked_until, locked, last_wrong_at) VALUES (?, ?, ?, ?, ?, ?, 1, 1, ?, ?, ?)`,
        [
          newId('gls'),
          organizationId,
          ...subjectValues(subject),
          atMs,
          rules.slowFrom <= 1 ? atMs + FIRST_WAIT_MS : 0,
          rules.lockAt <= 1 ? 1 : 0,
          atMs,
        ],
      );
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      await this.update(subject, rules, atMs);
    }
  }

  /** A right code ends the series. */
  async clear(subject: GuessSubject): Promise<void> {
    await this.database.execute(`DELETE FROM guess_counter WHERE ${SUBJECT}`, subjectValues(subject));
  }

  async release(id: string): Promise<{ readonly organizationId: string; readonly applicationId: string } | null> {
    const [row] = await this.database.query<GuessRow>(
      'SELECT organization_id, application_id FROM guess_counter WHERE id = ?',
      [id],
    );
    if (row === undefined) return null;
    const { affected } = await this.database.execute('DELETE FROM guess_counter WHERE id = ?', [id]);
    return affected === 1 ? { organizationId: row.organization_id, applicationId: row.application_id } : null;
  }

  /** Slowed or locked ones. */
  page(
    scope: OrganizationScope,
    query: InputOf<typeof listGuessLocks>['query'],
    destinationHash: string | null,
    atMs: number,
  ): Promise<Page<GuessLockView>> {
    const state = {
      locked: where('g.locked = 1'),
      slowed: where('g.locked = 0 AND g.blocked_until > clock.at'),
    };
    return keysetPage<GuessRow, GuessLockView>(this.database, {
      list: 'guess_locks',
      select: `g.id AS id, g.organization_id AS organization_id, g.application_id AS application_id, g.test AS test,
        g.consecutive AS consecutive, g.blocked_until AS blocked_until, g.locked AS locked,
        g.last_wrong_at AS last_wrong_at`,
      // Not among the conditions: they bind the cursor, and time goes on between two pages.
      from: `guess_counter g JOIN (SELECT ${Math.trunc(atMs)} AS at) clock`,
      id: 'g.id',
      sorts: { last_wrong_at: 'g.last_wrong_at' },
      sort: query.sort ?? '-last_wrong_at',
      where: [
        scope.organizationId === null ? null : where('g.organization_id = ?', scope.organizationId),
        query.application_id === undefined ? null : where('g.application_id = ?', query.application_id),
        where('g.test = ?', query.test === 'true' ? 1 : 0),
        query.state === undefined ? where('g.locked = 1 OR g.blocked_until > clock.at') : state[query.state],
        destinationHash === null ? null : where('g.destination_hash = ?', destinationHash),
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: (row) => ({
        id: row.id,
        organization_id: row.organization_id,
        application_id: row.application_id,
        test: Number(row.test) === 1,
        state: Number(row.locked) === 1 ? 'locked' : 'slowed',
        wrong_checks: Number(row.consecutive),
        blocked_until: Number(row.locked) === 1 ? null : new Date(Number(row.blocked_until)).toISOString(),
        last_wrong_at: new Date(Number(row.last_wrong_at)).toISOString(),
      }),
    });
  }

  /** Rows that slow nobody down any more and are old; at most so many at once. */
  async purge(beforeMs: number, most: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM guess_counter WHERE last_wrong_at < ? AND locked = 0 ORDER BY last_wrong_at LIMIT ?',
      [beforeMs, most],
    );
    for (const { id } of rows) {
      await this.database.execute('DELETE FROM guess_counter WHERE id = ? AND last_wrong_at < ?', [id, beforeMs]);
    }
    return rows.length;
  }

  /** What depends on other columns first: MySQL assigns from left to right and would see their new values. */
  private async update(subject: GuessSubject, rules: GuessRules, atMs: number): Promise<boolean> {
    const over = [rules.windowMs, atMs, rules.slowFrom];
    const { affected } = await this.database.execute(
      `UPDATE guess_counter SET
          blocked_until = CASE WHEN ${OVER} < 0 THEN blocked_until
            WHEN ${OVER} >= ${MOST_DOUBLINGS} THEN ? ELSE ? + (${FIRST_WAIT_MS} << ${OVER}) END,
          locked = CASE WHEN consecutive + 1 >= ? THEN 1 ELSE locked END,
          window_count = CASE WHEN window_start + ? <= ? THEN 1 ELSE window_count + 1 END,
          window_start = CASE WHEN window_start + ? <= ? THEN ? ELSE window_start END,
          consecutive = consecutive + 1,
          last_wrong_at = ?
        WHERE ${SUBJECT}`,
      [
        ...over,
        ...over,
        atMs + LONGEST_WAIT_MS,
        atMs,
        ...over,
        rules.lockAt,
        ...[rules.windowMs, atMs],
        ...[rules.windowMs, atMs, atMs],
        atMs,
        ...subjectValues(subject),
      ],
    );
    return affected === 1;
  }
}

const countOf = (row: GuessRow): GuessCount => ({
  windowStart: Number(row.window_start),
  windowCount: Number(row.window_count),
  consecutive: Number(row.consecutive),
  blockedUntil: Number(row.blocked_until),
  locked: Number(row.locked) === 1,
});
