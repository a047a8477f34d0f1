import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '@tollgate/api/database';
import type { SendState } from '../message-queue';
import { rankOf } from '../domain/send-state';
import {
  MESSAGE_COLUMNS,
  MESSAGE_SELECT,
  messageFromRaw,
  valuesOf,
  type MessageRow,
  type RawMessage,
} from './message-row';

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
const INSERT = `INSERT INTO message (${MESSAGE_COLUMNS.join(', ')}) VALUES (${marks(MESSAGE_COLUMNS)})`;

const STATES: readonly SendState[] = [
  'queued',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'suppressed',
  'unknown',
];
const below = (state: SendState): string =>
  STATES.filter((each) => rankOf(each) < rankOf(state))
    .map((each) => `'${each}'`)
    .join(', ');

/** What a result changes on a message; members left out stay as they are. */
export interface Settlement {
  readonly state: SendState;
  readonly providerId: string | null;
  readonly provider: string | null;
  readonly providerMessageId: string | null;
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  readonly segments: number | null;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
}

/** What was learned while it was rendered. */
export interface RenderedFacts {
  readonly templateId: string | null;
  readonly templateVersion: number | null;
  readonly subject: string | null;
}

/**
 * The outbox side of `message`: who takes a message up, and what becomes of it. Every step is one UPDATE guarded by `due_at`
 * or by the claim, so of any number of processes exactly one makes it.
 */
@Injectable()
export class MessageOutbox {
  constructor(private readonly database: Database) {}

  async insert(row: MessageRow): Promise<void> {
    await this.database.execute(INSERT, valuesOf(row));
  }

  async find(id: string): Promise<MessageRow | null> {
    const [row] = await this.database.query<RawMessage>(`SELECT ${MESSAGE_SELECT} FROM message m WHERE m.id = ?`, [id]);
    return row === undefined ? null : messageFromRaw(row);
  }

  /** Messages that are due, oldest first; a plain read. Those with a claim were taken up by somebody who went away. */
  async due(now: number, limit: number): Promise<MessageRow[]> {
    const rows = await this.database.query<RawMessage>(
      `SELECT ${MESSAGE_SELECT} FROM message m WHERE m.due_at <= ? ORDER BY m.due_at LIMIT ${String(limit)}`,
      [now],
    );
    return rows.map(messageFromRaw);
  }

  /** Takes those that are still due. The ids that were won. */
  async claim(ids: readonly string[], claim: string, now: number, leaseUntil: number): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const { affected } = await this.database.execute(
      `UPDATE message SET claim = ?, due_at = ?, attempts = attempts + 1 WHERE id IN (${marks(ids)}) AND due_at <= ?`,
      [claim, leaseUntil, ...ids, now],
    );
    if (affected === ids.length) return new Set(ids);
    if (affected === 0) return new Set();
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM message WHERE id IN (${marks(ids)}) AND claim = ?`,
      [...ids, claim],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Nobody can take it just now. */
  async postpone(id: string, now: number, dueAt: number): Promise<void> {
    await this.database.execute('UPDATE message SET due_at = ? WHERE id = ? AND claim IS NULL AND due_at <= ?', [
      dueAt,
      id,
      now,
    ]);
  }

  /** Another call is about to begin. False when the claim was lost meanwhile. */
  async goOn(
    id: string,
    claim: string,
    change: { readonly maybeSent: boolean; readonly leaseUntil: number },
  ): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE message SET attempts = attempts + 1, maybe_sent = ?, due_at = ? WHERE id = ? AND claim = ?`,
      [change.maybeSent ? 1 : 0, change.leaseUntil, id, claim],
    );
    return affected === 1;
  }

  /** Lets it go until later. */
  async putBack(
    id: string,
    claim: string,
    change: { readonly dueAt: number; readonly retries: number; readonly maybeSent: boolean },
  ): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE message SET claim = NULL, due_at = ?, retries = ?, maybe_sent = ? WHERE id = ? AND claim = ?`,
      [change.dueAt, change.retries, change.maybeSent ? 1 : 0, id, claim],
    );
    return affected === 1;
  }

  /**
   * Ends the work on a message. `lost`: the claim is somebody else's by now. `advanced`: this moved its state; `kept`: a
   * report was faster and had moved it further already.
   */
  async settle(
    id: string,
    claim: string,
    settlement: Settlement,
    rendered: RenderedFacts | null,
    maybeSent: boolean,
  ): Promise<'advanced' | 'kept' | 'lost'> {
    const values: [string, SqlValue][] = [
      ['provider_id', settlement.providerId],
      ['provider', settlement.provider],
      ['provider_message_id', settlement.providerMessageId],
      ['segments', settlement.segments],
      ['maybe_sent', maybeSent ? 1 : 0],
      ...(rendered === null
        ? []
        : ([
            ['template_id', rendered.templateId],
            ['template_version', rendered.templateVersion],
            ['subject', rendered.subject],
          ] as [string, SqlValue][])),
    ];
    const set = values.map(([column]) => `${column} = ?`).join(', ');
    const common = values.map(([, value]) => value);
    const moved = await this.database.execute(
      `UPDATE message SET ${set}, state = ?, error_class = ?, error_code = ?, accepted_at = COALESCE(accepted_at, ?), delivered_at = COALESCE(delivered_at, ?), claim = NULL, due_at = NULL
       WHERE id = ? AND claim = ? AND state IN (${below(settlement.state)})`,
      [
        ...common,
        settlement.state,
        settlement.errorClass,
        settlement.errorCode,
        settlement.acceptedAt,
        settlement.deliveredAt,
        id,
        claim,
      ],
    );
    if (moved.affected === 1) return 'advanced';
    const kept = await this.database.execute(
      `UPDATE message SET ${set}, accepted_at = COALESCE(accepted_at, ?), claim = NULL, due_at = NULL WHERE id = ? AND claim = ?`,
      [...common, settlement.acceptedAt, id, claim],
    );
    return kept.affected === 1 ? 'kept' : 'lost';
  }

  /** A report moves the state on, never back. False when it came too late for that. */
  async advance(
    id: string,
    change: {
      readonly state: SendState;
      readonly errorClass: string | null;
      readonly errorCode: string | null;
      readonly at: number;
    },
  ): Promise<boolean> {
    const delivered = change.state === 'delivered' ? change.at : null;
    const { affected } = await this.database.execute(
      `UPDATE message SET state = ?, error_class = ?, error_code = ?, accepted_at = COALESCE(accepted_at, ?), delivered_at = COALESCE(delivered_at, ?)
       WHERE id = ? AND state IN (${below(change.state)})`,
      [change.state, change.errorClass, change.errorCode, change.at, delivered, id],
    );
    return affected === 1;
  }

  /** Sends it once more after a report of failure, while its state stays. One winner. */
  async redispatch(id: string, dueAt: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE message SET redispatches = redispatches + 1, retries = 0, due_at = ? WHERE id = ? AND redispatches = 0 AND claim IS NULL AND due_at IS NULL AND state IN ('accepted', 'sent')`,
      [dueAt, id],
    );
    return affected === 1;
  }

  async note(id: string, note: string): Promise<void> {
    await this.database.execute('UPDATE message SET note = COALESCE(note, ?) WHERE id = ?', [note.slice(0, 100), id]);
  }
}
