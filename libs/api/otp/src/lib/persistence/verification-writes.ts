import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import type { Factor } from './factor.entity';
import { idFloor } from './id-floor';
import type { Verification } from './verification.entity';

const LONGEST_LIFE_MS = 3_600_000;

/** Columns in the order of the INSERT, which is the hottest statement of the product together with the check's. */
const FIELDS = [
  'id',
  'organizationId',
  'applicationId',
  'test',
  'channel',
  'purpose',
  'status',
  'pendingKey',
  'destinationHash',
  'limitHash',
  'destinationSealed',
  'destinationMasked',
  'country',
  'prefix',
  'locale',
  'factorId',
  'testNumberId',
  'scenario',
  'codeKeyId',
  'generation',
  'codeLength',
  'maxChecks',
  'checkCount',
  'sendCount',
  'step',
  'createdAt',
  'expiresAt',
  'resendAt',
  'firstCheckAt',
  'endedAt',
  'charged',
  'held',
  'startPrice',
  'checkPrice',
  'checkPriceId',
  'details',
  'personal',
] as const satisfies readonly (keyof Verification)[];

const COLUMN = Object.fromEntries(
  FIELDS.map((field) => [field, field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
) as Readonly<Record<(typeof FIELDS)[number], string>>;

/** Every column under the name of its property. */
export const SELECTED = FIELDS.map((field) => `${COLUMN[field]} AS ${field}`).join(', ');
const SELECT = `SELECT ${SELECTED} FROM verification`;
const INSERT = `INSERT INTO verification (${FIELDS.map((field) => COLUMN[field]).join(', ')})
  VALUES (${FIELDS.map(() => '?').join(', ')})`;

export type RawVerification = Omit<Verification, 'test' | 'details' | 'personal'> & {
  test: number;
  details: string;
  personal: string | null;
};

export const ofRaw = (raw: RawVerification): Verification => ({
  ...raw,
  test: Number(raw.test) === 1,
  details: JSON.parse(raw.details) as Verification['details'],
  personal: raw.personal === null ? null : (JSON.parse(raw.personal) as Verification['personal']),
});

const plain = (value: Verification[keyof Verification]): SqlValue => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
};

export interface CountedCheck {
  readonly status: 'pending' | 'approved' | 'failed';
  /** Milli-credits that the first check captures; zero for the others. */
  readonly captured: number;
  readonly at: number;
}

/**
 * The statements by which verifications begin, are checked, sent again and end. Each guard names the state the row
 * was read in (`status`, `check_count` or `send_count`), so a row that moved meanwhile is not touched and the caller
 * reads it again: compare-and-set. New values are computed before, never from other columns of the same statement,
 * because MySQL assigns from left to right and SQLite does not; one text is therefore right on both engines.
 */
@Injectable()
export class VerificationWrites {
  constructor(private readonly database: Database) {}

  /** False when another verification holds the pending key; nothing is written then. */
  async insert(row: Verification): Promise<boolean> {
    try {
      await this.database.execute(
        INSERT,
        FIELDS.map((field) => plain(row[field])),
      );
      return true;
    } catch (error) {
      if (row.pendingKey !== null && this.database.isDuplicate(error)) return false;
      throw error;
    }
  }

  async byId(id: string): Promise<Verification | null> {
    const [raw] = await this.database.query<RawVerification>(`${SELECT} WHERE id = ?`, [id]);
    return raw === undefined ? null : ofRaw(raw);
  }

  async byIds(ids: readonly string[]): Promise<Map<string, Verification>> {
    if (ids.length === 0) return new Map();
    const places = ids.map(() => '?').join(', ');
    const rows = await this.database.query<RawVerification>(`${SELECT} WHERE id IN (${places})`, ids);
    return new Map(rows.map((raw) => [raw.id, ofRaw(raw)]));
  }

  async byPendingKey(key: string): Promise<Verification | null> {
    const [raw] = await this.database.query<RawVerification>(`${SELECT} WHERE pending_key = ?`, [key]);
    return raw === undefined ? null : ofRaw(raw);
  }

  /**
   * One check of a pending, unexpired verification that has been checked as often as it was read. The row is the
   * judge: of any number of parallel guesses each value of `check_count` is spent once, so at most `max_checks` are
   * evaluated, and of parallel right codes one is approved. The first one takes what is held.
   */
  async countCheck(row: Verification, check: CountedCheck): Promise<boolean> {
    const ends = check.status === 'pending' ? '' : ', pending_key = NULL, resend_at = NULL, ended_at = ?';
    const { affected } = await this.database.execute(
      `UPDATE verification SET check_count = ?, status = ?, first_check_at = ?, charged = charged + ?, held = 0${ends}
       WHERE id = ? AND status = 'pending' AND check_count = ? AND expires_at > ?`,
      [
        row.checkCount + 1,
        check.status,
        row.firstCheckAt ?? check.at,
        check.captured,
        ...(ends === '' ? [] : [check.at]),
        row.id,
        row.checkCount,
        check.at,
      ],
    );
    return affected === 1;
  }

  /** Ends a pending verification that has been checked as often as it was read, so that what it held is known. */
  async end(row: Verification, status: 'expired' | 'canceled' | 'undeliverable', at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE verification SET status = ?, ended_at = ?, pending_key = NULL, resend_at = NULL, held = 0
       WHERE id = ? AND status = 'pending' AND check_count = ?`,
      [status, at, row.id, row.checkCount],
    );
    return affected === 1;
  }

  /** Takes the next send of a pending, unexpired verification that has been sent as often as it was read. */
  async countSend(
    row: Verification,
    send: { readonly step: number; readonly price: number; readonly resendAt: number | null; readonly at: number },
  ): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE verification SET send_count = ?, step = ?, resend_at = ?, charged = charged + ?
       WHERE id = ? AND status = 'pending' AND send_count = ? AND step = ? AND expires_at > ?`,
      [row.sendCount + 1, send.step, send.resendAt, send.price, row.id, row.sendCount, row.step, send.at],
    );
    return affected === 1;
  }

  /** Moves on to the next step of the workflow without a send. */
  async skipStep(row: Verification, step: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE verification SET step = ? WHERE id = ? AND status = 'pending' AND step = ?`,
      [step, row.id, row.step],
    );
    return affected === 1;
  }

  async creditBack(id: string, amount: number): Promise<void> {
    await this.database.execute(`UPDATE verification SET charged = charged - ? WHERE id = ?`, [amount, id]);
  }

  /** At most one a purpose, and none older than the longest life of a verification. */
  async pendingOfFactor(factor: Factor, atMs: number): Promise<Verification[]> {
    const rows = await this.database.query<RawVerification>(
      `${SELECT} WHERE application_id = ? AND test = ? AND id >= ? AND status = 'pending' AND factor_id = ?`,
      [factor.applicationId, factor.test ? 1 : 0, idFloor('vrf', atMs - LONGEST_LIFE_MS), factor.id],
    );
    return rows.map(ofRaw);
  }

  /** Pending verifications whose time is over, the longest over first. */
  async due(atMs: number, limit: number): Promise<Verification[]> {
    const rows = await this.database.query<RawVerification>(
      `${SELECT} WHERE status = 'pending' AND expires_at <= ? ORDER BY expires_at LIMIT ${limit}`,
      [atMs],
    );
    return rows.map(ofRaw);
  }
}
