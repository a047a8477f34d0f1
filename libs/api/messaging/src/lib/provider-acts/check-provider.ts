import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { DomainError } from '@tollgate/api/kernel';
import { OutboundHttp } from '@tollgate/api/outbound';
import type { ProviderKind } from '@tollgate/contracts';
import type { Fault } from '../domain/generic/http-provider-rules';
import {
  addressOf,
  knownCredentials,
  missingCredentials,
  readSettings,
  sendersOf,
  setupOf,
  type Credentials,
  type ProviderSetup,
} from '../providers/provider-setup';

export interface ProviderDraft {
  readonly kind: ProviderKind;
  readonly settings: unknown;
  /** As they will be: kept and new ones together. */
  readonly credentials: Credentials;
  readonly enabled: boolean;
}

/** Whether a provider may be saved like this. What is incomplete may be saved, but not switched on. */
@Injectable()
export class CheckProvider {
  constructor(
    private readonly outbound: OutboundHttp,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** The checked setup. Calls a name server: not inside a transaction. Errors: provider_settings_invalid, address_refused. */
  async check(draft: ProviderDraft, more: readonly Fault[] = []): Promise<ProviderSetup> {
    const { settings, faults } = readSettings(draft.kind, draft.settings);
    const all = [...more, ...faults, ...faultsOfCredentials(draft.kind, draft.credentials)];
    if (settings === null || all.length > 0) throw invalid(all);
    const setup = setupOf(draft.kind, settings, draft.credentials);
    const further = [...this.faultsOfProfile(setup), ...(draft.enabled ? faultsOfEnabling(setup) : [])];
    if (further.length > 0) throw invalid(further);
    await this.checkAddress(setup);
    return setup;
  }

  private faultsOfProfile(setup: ProviderSetup): Fault[] {
    if (this.config.profile !== 'production') return [];
    const faults: Fault[] = [];
    if (
      'base_url' in setup.settings &&
      setup.settings.base_url !== undefined &&
      this.config.providerBaseUrls !== 'allow'
    ) {
      faults.push({
        path: 'settings.base_url',
        message: 'This installation does not allow another address than the vendor’s: TOLLGATE_PROVIDER_BASE_URLS',
      });
    }
    if (
      setup.kind === 'smtp' &&
      setup.settings.security === 'none' &&
      !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(setup.settings.host)
    ) {
      faults.push({
        path: 'settings.security',
        message: 'Without TLS only on loopback: anybody on the way could read the codes',
      });
    }
    return faults;
  }

  private async checkAddress(setup: ProviderSetup): Promise<void> {
    const address = addressOf(setup);
    if (address === null) return;
    try {
      await this.outbound.check(address);
    } catch (error) {
      // A name that does not resolve just now is looked up again at each call; a refused address stays refused.
      if ((error as { failure?: unknown }).failure === 'refused')
        throw new DomainError('address_refused', { param: 'settings' }, error);
    }
  }
}

function invalid(issues: readonly Fault[]): DomainError {
  return new DomainError('provider_settings_invalid', { issues });
}

function faultsOfCredentials(kind: ProviderKind, credentials: Credentials): Fault[] {
  const known = knownCredentials(kind);
  return Object.entries(credentials).flatMap(([name, value]) => {
    const path = `credentials.${name}`;
    if (known !== null && !known.includes(name)) return [{ path, message: `${kind} has no such credential` }];
    if (/\p{Cc}/u.test(value)) return [{ path, message: 'must not hold control characters' }];
    if (kind === 'sendgrid' && !value.startsWith('SG.'))
      return [{ path, message: 'API keys of SendGrid begin with SG.' }];
    return [];
  });
}

function faultsOfEnabling(setup: ProviderSetup): Fault[] {
  const faults: Fault[] = missingCredentials(setup).map((name) => ({
    path: `credentials.${name}`,
    message: 'is needed to switch it on',
  }));
  const senders = sendersOf(setup);
  if (
    setup.kind === 'twilio' &&
    !senders.some((sender) => sender.from !== null || sender.messagingServiceSid !== null)
  ) {
    faults.push({ path: 'settings.senders', message: 'Name a sender or a messaging service' });
  }
  if (
    setup.kind === 'fast2sms' &&
    setup.settings.route.startsWith('dlt') &&
    !senders.some((sender) => sender.from !== null)
  ) {
    faults.push({ path: 'settings.senders', message: 'The DLT routes need a sender id' });
  }
  return faults;
}
