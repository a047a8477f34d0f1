import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { AuditEventRow } from '../domain/audit-event';
import { EVENT_COLUMNS } from './event-columns';

const INSERT = `INSERT INTO audit_event (${EVENT_COLUMNS.map(([, column]) => column).join(', ')})
  VALUES (${EVENT_COLUMNS.map(() => '?').join(', ')})`;

/** Writes events. There is no update and no delete, here or anywhere. */
@Injectable()
export class AuditEvents {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The event, and the sealer's note that it is to be sealed. Both or neither: call it in a transaction. */
  async insert(row: AuditEventRow): Promise<void> {
    await this.database.execute(
      INSERT,
      EVENT_COLUMNS.map(([field]) => row[field]),
    );
    await this.database.execute('INSERT INTO audit_pending (event_id, organization_id) VALUES (?, ?)', [
      row.id,
      row.organizationId,
    ]);
  }
}
