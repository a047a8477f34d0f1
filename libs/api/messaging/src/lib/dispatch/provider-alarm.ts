import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { JobQueue } from '@tollgate/api/jobs';
import { Clock, newId } from '@tollgate/api/kernel';
import { MessageAttempts } from '../persistence/message-attempts';
import { ProviderOutages } from '../persistence/provider-outages';
import { circuitKey } from '../domain/routing';
import type { LoadedProvider } from '../providers/loaded-provider';

/** How recent a success must be, and how new the outage may be, for it to be over. */
const RECENT_MS = 120_000;

/** Tells staff of a provider that is down: one job for each outage, whichever process sees it first. */
@Injectable()
export class ProviderAlarm {
  private readonly logger = new Logger('Messaging');

  constructor(
    private readonly outages: ProviderOutages,
    private readonly attempts: MessageAttempts,
    private readonly jobs: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async opened(provider: Pick<LoadedProvider, 'id' | 'name'>, country: string | null, reason: string): Promise<void> {
    const at = this.clock.recordedAt();
    const outage = { id: newId('out', at), providerId: provider.id, country, reason, openedAt: at };
    await this.unitOfWork.run(async () => {
      if (!(await this.outages.open(outage))) return;
      await this.jobs.enqueue({
        type: 'operations.provider_down',
        payload: {
          outage_id: outage.id,
          provider_id: provider.id,
          provider: provider.name,
          country,
          reason,
          since: new Date(at).toISOString(),
        },
        dedupeKey: outage.id,
      });
      this.unitOfWork.afterCommit(() => {
        this.logger.warn(`the provider ${provider.name} fails in ${country ?? 'every country'}: ${reason}`);
      });
    });
  }

  async closed(key: string): Promise<void> {
    await this.unitOfWork.run(() => this.outages.close(key, this.clock.recordedAt()));
  }

  /** Ends outages whose process went away before it could: calls after it have gone well. */
  async endThoseOver(): Promise<void> {
    const now = this.clock.recordedAt();
    for (const outage of await this.outages.openOnes()) {
      const calls = await this.attempts.recent(outage.providerId, Math.max(outage.openedAt + 1, now - RECENT_MS), 50);
      const own = calls.filter(({ country }) => country === outage.country);
      if (own.length > 0 && own.every(({ outcome }) => outcome === 'accepted')) {
        await this.closed(circuitKey(outage.providerId, outage.country));
      }
    }
  }
}
