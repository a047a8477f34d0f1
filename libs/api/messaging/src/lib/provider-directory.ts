import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { SecretBox } from '@tollgate/api/crypto';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { OutboundHttp } from '@tollgate/api/outbound';
import type { DeliveryProvider } from './domain/delivery-provider';
import { compileHttpRules } from './domain/generic/http-provider-rules';
import { Providers, type StoredProvider } from './persistence/providers';
import { makeAdapter } from './providers/make-adapter';
import type { LoadedProvider } from './providers/loaded-provider';
import {
  addressOf,
  readSettings,
  sendersOf,
  setupOf,
  type Credentials,
  type ProviderSetup,
} from './providers/provider-setup';

const TOPIC = 'messaging.providers';

/** Adapters keep connections; one that was replaced may still be in use for this long. */
const CLOSE_AFTER_MS = 30_000;

/** Every provider in memory, adapters and opened credentials included: routing asks no database. */
@Injectable()
export class ProviderDirectory implements OnApplicationShutdown {
  private readonly logger = new Logger('Messaging');
  private readonly topic: CacheTopic<readonly LoadedProvider[]>;
  private made = new Map<string, { readonly version: number; readonly adapter: DeliveryProvider }>();
  private current: readonly LoadedProvider[] = [];
  private readonly closing = new Set<NodeJS.Timeout>();

  constructor(
    private readonly providers: Providers,
    private readonly cache: VersionedCache,
    private readonly secretBox: SecretBox,
    @Inject(Config) private readonly config: Config,
    private readonly outbound: OutboundHttp,
  ) {
    this.topic = cache.topic<readonly LoadedProvider[]>(TOPIC);
  }

  all(): Promise<readonly LoadedProvider[]> {
    return this.topic.get('all', () => this.load());
  }

  async find(id: string): Promise<LoadedProvider | null> {
    return (await this.all()).find((provider) => provider.id === id) ?? null;
  }

  /** Something of a provider was changed: call it in the transaction of the change. */
  changed(): Promise<void> {
    return this.cache.bump(TOPIC);
  }

  /** Whether live messages of applications may end in the outbox, where staff can read their codes. */
  get outboxForLive(): boolean {
    return this.config.profile !== 'production' || this.config.outboxForLiveKeys;
  }

  credentialsOf(stored: StoredProvider): Credentials {
    return Object.fromEntries(
      stored.credentials.map(({ name, sealed, providerId }) => [
        name,
        this.secretBox.open(sealed, credentialContext(providerId, name)),
      ]),
    );
  }

  setupOf(stored: StoredProvider): ProviderSetup | null {
    const { settings } = readSettings(stored.row.kind, stored.row.settings);
    return settings === null ? null : setupOf(stored.row.kind, settings, this.credentialsOf(stored));
  }

  onApplicationShutdown(): void {
    for (const timer of this.closing) clearTimeout(timer);
    for (const { adapter } of this.made.values()) adapter.close?.();
  }

  private async load(): Promise<readonly LoadedProvider[]> {
    const stored = await this.providers.all();
    const before = this.made;
    this.made = new Map();
    const loaded = stored.flatMap((each) => this.loadOne(each, before) ?? []);
    for (const [id, { adapter }] of before) if (this.made.get(id)?.adapter !== adapter) this.closeLater(adapter);
    this.current = loaded;
    return loaded;
  }

  private loadOne(stored: StoredProvider, before: typeof this.made): LoadedProvider | null {
    const { row } = stored;
    try {
      const setup = this.setupOf(stored);
      if (setup === null) throw new Error('its settings are not valid any more');
      const known = before.get(row.id);
      const adapter =
        known?.version === row.version
          ? known.adapter
          : makeAdapter(setup, { outbound: this.outbound, via: (id) => this.carrying(id) });
      this.made.set(row.id, { version: row.version, adapter });
      return {
        id: row.id,
        kind: row.kind,
        name: row.name,
        version: row.version,
        channels: row.channels.split(',') as LoadedProvider['channels'],
        countries: row.countries,
        priority: row.priority,
        weight: row.weight,
        enabled: row.enabled,
        adapter,
        senders: sendersOf(setup),
        callbacks: this.callbacksOf(stored, setup),
      };
    } catch (error) {
      // One broken provider, say sealed with a key that is gone, must not take the others with it.
      this.logger.error(
        `the provider ${row.id} cannot be used: ${error instanceof Error ? error.message : 'unknown fault'}`,
      );
      return null;
    }
  }

  /** An enabled e-mail provider, for SMS that ride on mail. Never another such rider: that could go in circles. */
  private carrying(id: string): DeliveryProvider | null {
    const found = this.current.find((provider) => provider.id === id);
    return found?.enabled === true && found.channels.includes('email') && found.kind !== 'carrier_email'
      ? found.adapter
      : null;
  }

  private callbacksOf({ row }: StoredProvider, setup: ProviderSetup): LoadedProvider['callbacks'] {
    if (row.callbackHash === null || row.callbackSealed === null) return null;
    const hashes = [
      { hash: row.callbackHash, until: null },
      ...(row.oldCallbackHash === null ? [] : [{ hash: row.oldCallbackHash, until: row.oldCallbackUntil }]),
    ];
    const token = this.secretBox.open(row.callbackSealed, callbackContext(row.id));
    const reachable = addressOf(setup) !== null || !/^https?:\/\/(localhost|127\.|\[::1\])/.test(this.config.publicUrl);
    const common = { hashes, token, reachable };
    const present = (...names: string[]) => names.flatMap((name) => setup.credentials[name] ?? []);
    switch (setup.kind) {
      case 'twilio':
        return { ...common, keys: present('auth_token', 'previous_auth_token'), rules: null };
      case 'sendgrid':
        return {
          ...common,
          keys: setup.settings.webhook_public_key === undefined ? [] : [setup.settings.webhook_public_key],
          rules: null,
        };
      case 'http':
        return {
          ...common,
          keys: present('dlr_secret', 'previous_dlr_secret'),
          rules: compileHttpRules(setup.settings).rules,
        };
      default:
        return null;
    }
  }

  private closeLater(adapter: DeliveryProvider): void {
    if (adapter.close === undefined) return;
    const timer = setTimeout(() => {
      this.closing.delete(timer);
      adapter.close?.();
    }, CLOSE_AFTER_MS);
    timer.unref();
    this.closing.add(timer);
  }
}

export const credentialContext = (providerId: string, name: string): string =>
  `provider_credential:${providerId}:${name}`;
export const callbackContext = (providerId: string): string => `provider_callback:${providerId}`;
