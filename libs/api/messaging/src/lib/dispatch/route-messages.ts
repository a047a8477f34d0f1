import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import type { SendResult } from '../domain/delivery-provider';
import { CircuitBreaker, type CircuitState } from '../domain/circuit-breaker';
import { circuitKey, parseCircuitKey, rankProviders, verdictOnProvider } from '../domain/routing';
import type { MessageRow } from '../persistence/message-row';
import { ProviderDirectory } from '../provider-directory';
import type { LoadedProvider } from '../providers/loaded-provider';
import { ProviderAlarm } from './provider-alarm';
import { TestNetwork } from './test-network';

export type Routed = Pick<MessageRow, 'channel' | 'country' | 'test' | 'applicationId'>;

export type Route =
  | { readonly kind: 'provider'; readonly provider: LoadedProvider }
  /** There are some, and all are left alone just now. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' };

/** Chooses providers: by channel, country and priority, around those whose circuit is open. */
@Injectable()
export class RouteMessages {
  private readonly breaker = new CircuitBreaker();
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly directory: ProviderDirectory,
    private readonly testNetwork: TestNetwork,
    private readonly alarm: ProviderAlarm,
    private readonly clock: Clock,
  ) {}

  /** Everybody who could carry it, best first, whatever their circuits. */
  async candidates(message: Routed): Promise<LoadedProvider[]> {
    if (message.test) return [this.testNetwork.provider];
    // Mails of the product itself go to the outbox when there is nothing else: who sets it up must be able to begin.
    const outboxAllowed = message.applicationId === null || this.directory.outboxForLive;
    return rankProviders(
      await this.directory.all(),
      { channel: message.channel, country: message.country, outboxAllowed },
      Math.random,
    );
  }

  /** One that was not tried yet, and takes a probe's place when its circuit is half open. */
  async choose(message: Routed, tried: ReadonlySet<string>): Promise<Route> {
    const candidates = (await this.candidates(message)).filter(({ id }) => !tried.has(id) || message.test);
    for (const candidate of candidates) this.forgiveChanged(candidate);
    const now = this.clock.recordedAt();
    const provider = candidates.find(({ id }) => this.breaker.tryEnter(circuitKey(id, message.country), now));
    if (provider !== undefined) return { kind: 'provider', provider };
    return candidates.length > 0 ? { kind: 'wait' } : { kind: 'none' };
  }

  /** Learns from a call. Tells staff when it opened a circuit, once. */
  async learn(provider: LoadedProvider, country: string | null, result: SendResult): Promise<void> {
    const verdict = verdictOnProvider(result);
    if (verdict === null || provider.kind === 'test') return;
    const key = circuitKey(provider.id, country);
    const change = this.breaker.record(key, verdict, this.clock.recordedAt());
    if (change === 'opened') await this.alarm.opened(provider, country, result.kind === 'accepted' ? '' : result.code);
    if (change === 'closed') await this.alarm.closed(key);
  }

  troubled(providerId: string): { readonly country: string | null; readonly state: CircuitState }[] {
    return this.breaker
      .troubled(this.clock.recordedAt())
      .map(({ key, state }) => ({ ...parseCircuitKey(key), state }))
      .filter((circuit) => circuit.providerId === providerId);
  }

  /** New settings deserve a new chance, in whichever process they were saved. */
  private forgiveChanged({ id, version }: LoadedProvider): void {
    const known = this.versions.get(id);
    if (known === version) return;
    if (known !== undefined) this.breaker.forget(`${id}:`);
    this.versions.set(id, version);
  }
}
