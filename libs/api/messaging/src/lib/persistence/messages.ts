import { Injectable } from '@nestjs/common';
import type { InputOf, listMessages, Page } from '@tollgate/contracts';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { OrganizationScope } from '@tollgate/api/kernel';
import { MESSAGE_SELECT, messageFromRaw, type MessageRow, type RawMessage } from './message-row';

export interface MessageFilter extends Omit<InputOf<typeof listMessages>['query'], 'to' | 'from' | 'until'> {
  readonly destinationHash?: string;
  /** The smallest and the first larger id of the range of time. */
  readonly fromId?: string;
  readonly untilId?: string;
}

/** The reading side of `message`. Ids sort by creation, so the order by `queued_at` is the order by id. */
@Injectable()
export class Messages {
  constructor(private readonly database: Database) {}

  async find(scope: OrganizationScope, id: string): Promise<MessageRow | null> {
    const own = scope.organizationId === null ? '' : ' AND m.organization_id = ?';
    const [row] = await this.database.query<RawMessage>(
      `SELECT ${MESSAGE_SELECT} FROM message m WHERE m.id = ?${own}`,
      [id, ...(scope.organizationId === null ? [] : [scope.organizationId])],
    );
    return row === undefined ? null : messageFromRaw(row);
  }

  async ofSource(source: { readonly type: string; readonly id: string }): Promise<MessageRow[]> {
    const rows = await this.database.query<RawMessage>(
      `SELECT ${MESSAGE_SELECT} FROM message m WHERE m.source_id = ? AND m.source_type = ? ORDER BY m.id`,
      [source.id, source.type],
    );
    return rows.map(messageFromRaw);
  }

  page(scope: OrganizationScope, filter: MessageFilter): Promise<Page<MessageRow>> {
    const eq = (column: string, value: string | undefined) =>
      value === undefined ? null : where(`m.${column} = ?`, value);
    return keysetPage<RawMessage, MessageRow>(this.database, {
      list: 'messages',
      select: MESSAGE_SELECT,
      from: 'message m',
      id: 'm.id',
      sorts: { queued_at: 'm.id' },
      sort: filter.sort ?? '-queued_at',
      limit: filter.limit,
      cursor: filter.cursor,
      where: [
        scope.organizationId === null ? null : where('m.organization_id = ?', scope.organizationId),
        where('m.test = ?', filter.test === 'true' ? 1 : 0),
        eq('channel', filter.channel),
        eq('state', filter.status),
        eq('application_id', filter.application_id),
        eq('provider_id', filter.provider_id),
        eq('template', filter.template),
        eq('source_id', filter.source_id),
        eq('destination_hash', filter.destinationHash),
        filter.fromId === undefined ? null : where('m.id >= ?', filter.fromId),
        filter.untilId === undefined ? null : where('m.id < ?', filter.untilId),
      ],
      map: messageFromRaw,
    });
  }

  /** Removes destinations and values of an organization's messages older than that. At most `limit` at a time. */
  async forgetDestinations(organizationId: string, beforeId: string, limit: number): Promise<number> {
    const ids = await this.database.query<{ id: string }>(
      `SELECT id FROM message WHERE organization_id = ? AND id < ? AND destination_sealed IS NOT NULL AND due_at IS NULL ORDER BY id LIMIT ${String(limit)}`,
      [organizationId, beforeId],
    );
    if (ids.length === 0) return 0;
    await this.database.execute(
      `UPDATE message SET destination_sealed = NULL, destination_hash = NULL, destination_masked = '', variables = '{}' WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids.map(({ id }) => id),
    );
    return ids.length;
  }

  /** Deletes messages with what hangs on them. At most `limit` at a time. */
  async remove(organizationId: string, beforeId: string, limit: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM message WHERE organization_id = ? AND id < ? AND due_at IS NULL ORDER BY id LIMIT ${String(limit)}`,
      [organizationId, beforeId],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const list = ids.map(() => '?').join(', ');
    for (const table of ['message_report', 'message_attempt']) {
      await this.database.execute(`DELETE FROM ${table} WHERE message_id IN (${list})`, ids);
    }
    await this.database.execute(`DELETE FROM message WHERE id IN (${list})`, ids);
    return ids.length;
  }

  /** Organizations that have messages older than that. */
  async organizationsBefore(beforeId: string): Promise<string[]> {
    const rows = await this.database.query<{ organization_id: string }>(
      'SELECT DISTINCT organization_id FROM message WHERE id < ?',
      [beforeId],
    );
    return rows.map((row) => row.organization_id);
  }
}
