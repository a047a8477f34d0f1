import { Injectable } from '@nestjs/common';
import { changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import type { createProvider, InputOf } from '@tollgate/contracts';
import type { ProviderRow } from '../persistence/entities';
import { Providers, type StoredProvider } from '../persistence/providers';
import { CheckProvider } from './check-provider';
import { routeOf } from './provider-rules';
import { ProviderSecrets } from './provider-secrets';
import { auditedProvider, ProviderTrail } from './provider-trail';

export type NewProvider = InputOf<typeof createProvider>['body'];

/** Sets up a delivery provider. Switched off until somebody switches it on. */
@Injectable()
export class CreateProvider {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly providers: Providers,
    private readonly checkProvider: CheckProvider,
    private readonly secrets: ProviderSecrets,
    private readonly trail: ProviderTrail,
  ) {}

  /** Errors: provider_settings_invalid, address_refused. */
  async execute(wanted: NewProvider): Promise<StoredProvider> {
    if (wanted.kind === 'outbox')
      throw new DomainError('provider_settings_invalid', {
        param: 'kind',
        detail: 'There is one outbox, and it is there already',
      });
    const route = routeOf(wanted.kind, wanted);
    const credentials = wanted.credentials ?? {};
    const enabled = wanted.enabled ?? false;
    const setup = await this.checkProvider.check(
      { kind: wanted.kind, settings: wanted.settings, credentials, enabled },
      route.faults,
    );
    const at = this.clock.recordedAt();
    const id = newId('prv', at);
    const row: ProviderRow = {
      id,
      kind: wanted.kind,
      name: wanted.name,
      channels: route.channels.join(','),
      countries: route.countries === null ? null : [...route.countries],
      priority: wanted.priority ?? 100,
      weight: wanted.weight ?? 100,
      enabled,
      settings: setup.settings,
      ...this.secrets.callbackFor(id, wanted.kind),
      oldCallbackHash: null,
      oldCallbackUntil: null,
      version: 1,
      deletedAt: null,
      createdAt: at,
      updatedAt: at,
    };
    return this.unitOfWork.run(async () => {
      await this.providers.insert(row);
      await this.secrets.store(id, credentials, at);
      await this.trail.record(
        'provider.created',
        row,
        changesBetween({}, auditedProvider(row, Object.keys(credentials))),
      );
      const stored = await this.providers.find(id);
      if (stored === null) throw new Error('what was just written is there');
      return stored;
    });
  }
}
