import { Injectable, Logger, Optional } from '@nestjs/common';
import type { ErrorCode } from '@tollgate/contracts';
import { AuditTrail } from '@tollgate/api/audit';
import { Clock } from '@tollgate/api/kernel';
import { Instruments } from '@tollgate/api/observability';
import type { KnownKey } from './known-keys';

const ONCE_IN_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * What becomes of keys that are refused. A key that we know goes to the audit log of its organization, once a minute
 * for each reason: whoever keeps trying a revoked key must not fill it. A key that is nobody's has no log to go to,
 * and anybody could make up a million: those are counted.
 */
@Injectable()
export class KeyRefusals {
  private readonly log = new Logger(KeyRefusals.name);
  private readonly told = new Map<string, number>();
  private readonly counts = { malformed: 0, unknown: 0 };
  private readonly counter;

  constructor(
    private readonly clock: Clock,
    private readonly auditTrail: AuditTrail,
    /** Absent where nothing is served. */
    @Optional() instruments?: Instruments,
  ) {
    this.counter = instruments?.counter({
      name: 'tollgate_unknown_api_keys_total',
      help: 'Calls with an API key that is nobody’s, by whether its checksum was right',
      labels: ['how'],
    });
  }

  countUnknown(how: 'malformed' | 'unknown'): void {
    this.counts[how] += 1;
    this.counter?.inc({ how });
  }

  /** Since this process started. */
  unknown(): Readonly<Record<'malformed' | 'unknown', number>> {
    return { ...this.counts };
  }

  /** Never throws: the refusal is answered whether or not it could be written down. */
  async record(key: KnownKey, code: ErrorCode, detail: string): Promise<void> {
    if (!this.isNews(`${key.id} ${code} ${detail}`)) return;
    try {
      await this.auditTrail.record({
        action: 'api_key.refused',
        outcome: 'denied',
        organizationId: key.organizationId,
        target: { type: 'api_key', id: key.id, label: key.label },
        actor: { kind: 'api_key', id: key.id, label: key.label },
        reason: detail,
      });
    } catch (error) {
      this.log.error({ msg: 'a refused key could not be written to the audit log', err: error });
    }
  }

  private isNews(what: string): boolean {
    const now = this.clock.recordedAt();
    const before = this.told.get(what);
    if (before !== undefined && now - before < ONCE_IN_MS) return false;
    if (this.told.size >= MOST_REMEMBERED) this.told.clear();
    this.told.set(what, now);
    return true;
  }
}
