import { Injectable, Optional } from '@nestjs/common';
import { Instruments } from '@tollgate/api/observability';
import { AuditSeals } from './persistence/audit-seals';

/** Shows operators a sealer that stands still: the number stays near zero while it runs. */
@Injectable()
export class AuditGauges {
  constructor(
    seals: AuditSeals,
    /** Absent where nothing is served. */
    @Optional() instruments?: Instruments,
  ) {
    instruments?.gauge(
      { name: 'tollgate_audit_unsealed_events', help: 'Audit events that have no place in their chain yet' },
      async (gauge) => gauge.set(await seals.countWaiting()),
    );
  }
}
