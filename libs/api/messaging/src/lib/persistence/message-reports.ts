import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { SendState } from '../message-queue';

/** What a provider told about a message after it had taken it. */
export interface ReportRow {
  /** Null for the pretended provider of test messages. */
  readonly providerId: string | null;
  /** Hash of what makes the report one: the vendor's event id, or message, state and code. */
  readonly eventKey: string;
  readonly messageId: string;
  readonly provider: string;
  readonly state: SendState;
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  /** False when it came too late to move the message on. */
  readonly applied: boolean;
  readonly receivedAt: number;
}

/** In the place of an id where there is no provider: keys cannot hold null. */
const NO_PROVIDER = 'none';

@Injectable()
export class MessageReports {
  constructor(private readonly database: Database) {}

  /** False when this very report is here already: the key decides, also between two that come at once. */
  async insert(row: ReportRow): Promise<boolean> {
    try {
      await this.database.execute(
        `INSERT INTO message_report (provider_id, event_key, message_id, provider, state, error_class, error_code, applied, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          row.providerId ?? NO_PROVIDER,
          row.eventKey,
          row.messageId,
          row.provider,
          row.state,
          row.errorClass,
          row.errorCode,
          row.applied ? 1 : 0,
          row.receivedAt,
        ],
      );
      return true;
    } catch (error) {
      if (this.database.isDuplicate(error)) return false;
      throw error;
    }
  }

  async notApplied(providerId: string | null, eventKey: string): Promise<void> {
    await this.database.execute('UPDATE message_report SET applied = 0 WHERE provider_id = ? AND event_key = ?', [
      providerId ?? NO_PROVIDER,
      eventKey,
    ]);
  }

  async ofMessage(messageId: string): Promise<ReportRow[]> {
    const rows = await this.database.query<Record<string, string | number | null>>(
      'SELECT provider_id, event_key, message_id, provider, state, error_class, error_code, applied, received_at FROM message_report WHERE message_id = ? ORDER BY received_at, event_key',
      [messageId],
    );
    return rows.map((row) => ({
      providerId: row['provider_id'] === NO_PROVIDER ? null : String(row['provider_id']),
      eventKey: String(row['event_key']),
      messageId: String(row['message_id']),
      provider: String(row['provider']),
      state: row['state'] as SendState,
      errorClass: row['error_class'] as string | null,
      errorCode: row['error_code'] as string | null,
      applied: Boolean(row['applied']),
      receivedAt: Number(row['received_at']),
    }));
  }
}
