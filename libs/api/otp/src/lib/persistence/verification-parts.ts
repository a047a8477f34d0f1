import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type {
  StoredSendState,
  VerificationCheck,
  VerificationEvent,
  VerificationSend,
} from './verification-parts.entity';

const SEND = `SELECT message_id AS messageId, verification_id AS verificationId, organization_id AS organizationId, seq,
  channel, cause, destination_masked AS destinationMasked, destination_hash AS destinationHash, country, price, state, provider, queued_at AS queuedAt,
  accepted_at AS acceptedAt, refunded_at AS refundedAt FROM verification_send`;

type RawCheck = Omit<VerificationCheck, 'test' | 'counted'> & { test: number; counted: number };
type RawEvent = Omit<VerificationEvent, 'data'> & { data: string };

/** Sends, checks and events of verifications. */
@Injectable()
export class VerificationParts {
  constructor(private readonly database: Database) {}

  async addSend(send: VerificationSend): Promise<void> {
    await this.database.execute(
      `INSERT INTO verification_send (message_id, verification_id, organization_id, seq, channel, cause,
        destination_masked, destination_hash, country, price, state, provider, queued_at, accepted_at, refunded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        send.messageId,
        send.verificationId,
        send.organizationId,
        send.seq,
        send.channel,
        send.cause,
        send.destinationMasked,
        send.destinationHash,
        send.country,
        send.price,
        send.state,
        send.provider,
        send.queuedAt,
        send.acceptedAt,
        send.refundedAt,
      ],
    );
  }

  async send(messageId: string): Promise<VerificationSend | null> {
    const [row] = await this.database.query<VerificationSend>(`${SEND} WHERE message_id = ?`, [messageId]);
    return row ?? null;
  }

  /** By the id of their message. */
  async sends(messageIds: readonly string[]): Promise<Map<string, VerificationSend>> {
    if (messageIds.length === 0) return new Map();
    const places = messageIds.map(() => '?').join(', ');
    const rows = await this.database.query<VerificationSend>(`${SEND} WHERE message_id IN (${places})`, messageIds);
    return new Map(rows.map((row) => [row.messageId, row]));
  }

  /** Oldest first. */
  sendsOf(verificationId: string): Promise<VerificationSend[]> {
    return this.database.query<VerificationSend>(`${SEND} WHERE verification_id = ? ORDER BY seq`, [verificationId]);
  }

  async sendsOfAll(verificationIds: readonly string[]): Promise<Map<string, VerificationSend[]>> {
    const found = new Map<string, VerificationSend[]>(verificationIds.map((id) => [id, []]));
    if (verificationIds.length === 0) return found;
    const places = verificationIds.map(() => '?').join(', ');
    const rows = await this.database.query<VerificationSend>(
      `${SEND} WHERE verification_id IN (${places}) ORDER BY verification_id, seq`,
      verificationIds,
    );
    for (const row of rows) found.get(row.verificationId)?.push(row);
    return found;
  }

  /** One statement for all that move alike. */
  async moveSends(
    moves: readonly {
      readonly messageId: string;
      readonly state: StoredSendState;
      readonly provider: string | null;
      readonly acceptedAt: number | null;
    }[],
  ): Promise<void> {
    const alike = Map.groupBy(moves, ({ state, provider, acceptedAt }) =>
      JSON.stringify([state, provider, acceptedAt]),
    );
    for (const group of alike.values()) {
      const [to] = group;
      if (to === undefined) continue;
      await this.database.execute(
        `UPDATE verification_send SET state = ?, provider = ?, accepted_at = ?
         WHERE message_id IN (${group.map(() => '?').join(', ')})`,
        [to.state, to.provider, to.acceptedAt, ...group.map(({ messageId }) => messageId)],
      );
    }
  }

  /** True for the one caller that refunds this send. */
  async markRefunded(messageId: string, at: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE verification_send SET refunded_at = ? WHERE message_id = ? AND refunded_at IS NULL`,
      [at, messageId],
    );
    return affected === 1;
  }

  async addCheck(check: VerificationCheck): Promise<void> {
    await this.database.execute(
      `INSERT INTO verification_check (id, verification_id, organization_id, application_id, test, channel, outcome,
        counted, request_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        check.id,
        check.verificationId,
        check.organizationId,
        check.applicationId,
        check.test ? 1 : 0,
        check.channel,
        check.outcome,
        check.counted ? 1 : 0,
        check.requestId,
        check.at,
      ],
    );
  }

  /** The first so many, oldest first: somebody may have knocked for a long time. */
  async checksOf(verificationId: string, limit: number): Promise<VerificationCheck[]> {
    const rows = await this.database.query<RawCheck>(
      `SELECT id, verification_id AS verificationId, organization_id AS organizationId,
        application_id AS applicationId, test, channel, outcome, counted, request_id AS requestId, at
       FROM verification_check WHERE verification_id = ? ORDER BY at, id LIMIT ${limit}`,
      [verificationId],
    );
    return rows.map((row) => ({ ...row, test: row.test === 1, counted: row.counted === 1 }));
  }

  async addEvent(event: VerificationEvent): Promise<void> {
    await this.database.execute(
      `INSERT INTO verification_event (id, verification_id, organization_id, kind, data, at) VALUES (?, ?, ?, ?, ?, ?)`,
      [event.id, event.verificationId, event.organizationId, event.kind, JSON.stringify(event.data), event.at],
    );
  }

  async eventsOf(verificationId: string): Promise<VerificationEvent[]> {
    const rows = await this.database.query<RawEvent>(
      `SELECT id, verification_id AS verificationId, organization_id AS organizationId, kind, data, at
       FROM verification_event WHERE verification_id = ? ORDER BY id`,
      [verificationId],
    );
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as VerificationEvent['data'] }));
  }
}
