import { Injectable, Logger, Optional } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { Instruments } from '@tollgate/api/observability';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { LoadedProvider } from '../providers/loaded-provider';

const ONCE_IN_MS = 3_600_000;

/**
 * What stays of a callback that was refused. Each is counted. One that came to an address of ours without its proof is
 * logged too, and stands in the audit log of the platform once an hour for each provider: somebody knows the address,
 * or staff set the wrong key, and whoever keeps trying must not fill the log. An address that is nobody's anybody can
 * make up.
 */
@Injectable()
export class CallbackRefusals {
  private readonly logger = new Logger('Callbacks');
  private readonly told = new Map<string, number>();
  private readonly counter;

  constructor(
    private readonly audit: AuditTrail,
    private readonly organizations: OrganizationDirectory,
    private readonly clock: Clock,
    /** Absent where nothing is served. */
    @Optional() instruments?: Instruments,
  ) {
    this.counter = instruments?.counter({
      name: 'tollgate_refused_callbacks_total',
      help: 'Callbacks that were refused, by kind of provider and by what was wrong: its proof, or its address',
      labels: ['provider', 'why'],
    });
  }

  /** At an address that no provider has. Returns what to throw. */
  unknownAddress(kind: LoadedProvider['kind']): DomainError {
    this.counter?.inc({ provider: kind, why: 'address' });
    return new DomainError('not_found');
  }

  /** Without the proof that the provider's settings ask for. Returns what to throw, also when nothing could be noted. */
  async forged(provider: Pick<LoadedProvider, 'id' | 'kind' | 'name'>): Promise<DomainError> {
    this.counter?.inc({ provider: provider.kind, why: 'signature' });
    this.logger.warn({ msg: 'a callback with a wrong signature was refused', provider: provider.id });
    if (this.isNews(provider.id)) await this.record(provider);
    return new DomainError('signature_invalid');
  }

  private async record({ id, name }: Pick<LoadedProvider, 'id' | 'name'>): Promise<void> {
    try {
      await this.audit.record({
        action: 'provider.callback_refused',
        outcome: 'denied',
        organizationId: await this.organizations.platformId(),
        target: { type: 'provider', id, label: name },
        reason: 'signature_invalid',
      });
    } catch (error) {
      this.told.delete(id);
      this.logger.error({ msg: 'a refused callback could not be written to the audit log', err: error });
    }
  }

  private isNews(providerId: string): boolean {
    const now = this.clock.recordedAt();
    const before = this.told.get(providerId);
    if (before !== undefined && now - before < ONCE_IN_MS) return false;
    this.told.set(providerId, now);
    return true;
  }
}
