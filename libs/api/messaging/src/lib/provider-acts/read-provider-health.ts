import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import type { ProviderHealthView } from '@tollgate/contracts';
import { RouteMessages } from '../dispatch/route-messages';
import { stateOf, windowOf } from '../domain/provider-health';
import { MessageAttempts } from '../persistence/message-attempts';
import { ProviderOutages } from '../persistence/provider-outages';
import { Providers } from '../persistence/providers';

const WINDOWS_MINUTES = [5, 60, 1_440] as const;
/** The newest calls are enough: on a busy day the longest window covers what these cover. */
const MAX_CALLS = 5_000;

const instant = (ms: number): string => new Date(ms).toISOString();

/** How a provider does, from the calls that were written down; circuits as this process and the outages know them. */
@Injectable()
export class ReadProviderHealth {
  constructor(
    private readonly providers: Providers,
    private readonly attempts: MessageAttempts,
    private readonly outages: ProviderOutages,
    private readonly router: RouteMessages,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found. */
  async execute(id: string): Promise<ProviderHealthView> {
    const stored = await this.providers.find(id);
    if (stored === null) throw new DomainError('not_found');
    const now = this.clock.recordedAt();
    const calls = await this.attempts.recent(id, now - 1_440 * 60_000, MAX_CALLS);
    const windows = WINDOWS_MINUTES.map((minutes) => windowOf(calls, minutes, now));
    const circuits = await this.circuits(id);
    const accepted = calls.find(({ outcome }) => outcome === 'accepted');
    const failed = calls.find(({ outcome }) => outcome === 'refused' || outcome === 'unknown');
    const recent = windows.find(({ attempts }) => attempts > 0) ?? windowOf([], 5, now);
    return {
      provider_id: id,
      state: stateOf({ enabled: stored.row.enabled, openCircuits: circuits.length, recent }),
      windows,
      circuits,
      last_accepted_at: accepted === undefined ? null : instant(accepted.startedAt),
      last_error:
        failed === undefined
          ? null
          : { at: instant(failed.startedAt), error_class: failed.errorClass, error_code: failed.errorCode },
    };
  }

  private async circuits(id: string): Promise<ProviderHealthView['circuits']> {
    const open = await this.outages.openOnes(id);
    const here = this.router.troubled(id);
    const known = open.map((outage) => ({
      country: outage.country,
      state: here.find(({ country }) => country === outage.country)?.state ?? ('open' as const),
      opened_at: instant(outage.openedAt),
      reason: outage.reason,
    }));
    const unknown = here.filter(({ country }) => !open.some((outage) => outage.country === country));
    return [...known, ...unknown.map(({ country, state }) => ({ country, state, opened_at: null, reason: null }))];
  }
}
