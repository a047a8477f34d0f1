import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';

export type AttemptOutcome = 'started' | 'accepted' | 'refused' | 'unknown' | 'not_sent';

/** One call of a provider. Written before the call, so that a crash leaves a trace of what may have been sent. */
export interface AttemptRow {
  readonly id: string;
  readonly messageId: string;
  readonly number: number;
  readonly providerId: string | null;
  readonly provider: string;
  readonly country: string | null;
  readonly outcome: AttemptOutcome;
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  readonly providerMessageId: string | null;
  readonly startedAt: number;
  readonly latencyMs: number | null;
}

/** What came of a call. */
export type AttemptEnd = Pick<
  AttemptRow,
  'id' | 'outcome' | 'errorClass' | 'errorCode' | 'providerMessageId' | 'latencyMs'
>;

interface RawAttempt {
  readonly id: string;
  readonly message_id: string;
  readonly number: number;
  readonly provider_id: string | null;
  readonly provider: string;
  readonly country: string | null;
  readonly outcome: AttemptOutcome;
  readonly error_class: string | null;
  readonly error_code: string | null;
  readonly provider_message_id: string | null;
  readonly started_at: number;
  readonly latency_ms: number | null;
}

const SELECT =
  'SELECT id, message_id, number, provider_id, provider, country, outcome, error_class, error_code, provider_message_id, started_at, latency_ms FROM message_attempt';

const fromRaw = (raw: RawAttempt): AttemptRow => ({
  id: raw.id,
  messageId: raw.message_id,
  number: raw.number,
  providerId: raw.provider_id,
  provider: raw.provider,
  country: raw.country,
  outcome: raw.outcome,
  errorClass: raw.error_class,
  errorCode: raw.error_code,
  providerMessageId: raw.provider_message_id,
  startedAt: raw.started_at,
  latencyMs: raw.latency_ms,
});

@Injectable()
export class MessageAttempts {
  constructor(private readonly database: Database) {}

  async open(
    attempts: readonly Pick<
      AttemptRow,
      'id' | 'messageId' | 'number' | 'providerId' | 'provider' | 'country' | 'startedAt'
    >[],
  ): Promise<void> {
    if (attempts.length === 0) return;
    await this.database.execute(
      `INSERT INTO message_attempt (id, message_id, number, provider_id, provider, country, outcome, started_at) VALUES ${attempts
        .map(() => `(?, ?, ?, ?, ?, ?, 'started', ?)`)
        .join(', ')}`,
      attempts.flatMap((a) => [a.id, a.messageId, a.number, a.providerId, a.provider, a.country, a.startedAt]),
    );
  }

  /** One statement for all that ended alike: most were accepted. */
  async closeAll(ends: readonly AttemptEnd[]): Promise<void> {
    const alike = Map.groupBy(ends, ({ outcome, errorClass, errorCode }) =>
      JSON.stringify([outcome, errorClass, errorCode]),
    );
    for (const [first, ...others] of alike.values()) {
      if (first !== undefined) await this.closeAlike(first, [first, ...others]);
    }
  }

  private async closeAlike({ outcome, errorClass, errorCode }: AttemptEnd, ends: readonly AttemptEnd[]): Promise<void> {
    const each = ends.map(() => 'WHEN ? THEN ?').join(' ');
    await this.database.execute(
      `UPDATE message_attempt SET outcome = ?, error_class = ?, error_code = ?,
        provider_message_id = CASE id ${each} END, latency_ms = CASE id ${each} END
       WHERE id IN (${ends.map(() => '?').join(', ')}) AND outcome = 'started'`,
      [
        outcome,
        errorClass,
        errorCode,
        ...ends.flatMap(({ id, providerMessageId }) => [id, providerMessageId]),
        ...ends.flatMap(({ id, latencyMs }) => [id, latencyMs]),
        ...ends.map(({ id }) => id),
      ],
    );
  }

  /** The calls of a process that went away: nobody knows what came of them. */
  async abandon(messageId: string): Promise<void> {
    await this.database.execute(
      `UPDATE message_attempt SET outcome = 'unknown', error_class = 'unknown', error_code = 'interrupted' WHERE message_id = ? AND outcome = 'started'`,
      [messageId],
    );
  }

  async find(id: string): Promise<AttemptRow | null> {
    const [row] = await this.database.query<RawAttempt>(`${SELECT} WHERE id = ?`, [id]);
    return row === undefined ? null : fromRaw(row);
  }

  async findByProviderMessage(providerId: string, providerMessageId: string): Promise<AttemptRow | null> {
    const [row] = await this.database.query<RawAttempt>(
      `${SELECT} WHERE provider_id = ? AND provider_message_id = ? ORDER BY id DESC LIMIT 1`,
      [providerId, providerMessageId],
    );
    return row === undefined ? null : fromRaw(row);
  }

  async ofMessages(messageIds: readonly string[]): Promise<AttemptRow[]> {
    if (messageIds.length === 0) return [];
    const rows = await this.database.query<RawAttempt>(
      `${SELECT} WHERE message_id IN (${messageIds.map(() => '?').join(', ')}) ORDER BY message_id, number`,
      [...messageIds],
    );
    return rows.map(fromRaw);
  }

  /** The newest calls of a provider since then, for its health. */
  async recent(providerId: string, since: number, limit: number): Promise<AttemptRow[]> {
    const rows = await this.database.query<RawAttempt>(
      `${SELECT} WHERE provider_id = ? AND started_at >= ? ORDER BY started_at DESC LIMIT ${String(limit)}`,
      [providerId, since],
    );
    return rows.map(fromRaw);
  }
}
