import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import type { Page, ProviderView } from '@tollgate/contracts';
import { Providers, type ProviderQuery, type StoredProvider } from '../persistence/providers';
import { ProviderSecrets } from './provider-secrets';
import { providerView } from './provider-view';

@Injectable()
export class ReadProviders {
  constructor(
    private readonly providers: Providers,
    private readonly secrets: ProviderSecrets,
    @Inject(Config) private readonly config: Config,
  ) {}

  async page(query: ProviderQuery, caller: Principal): Promise<Page<ProviderView>> {
    const found = await this.providers.page(query);
    return { ...found, data: found.data.map((stored) => this.view(stored, caller)) };
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<ProviderView> {
    const stored = await this.providers.find(id);
    if (stored === null) throw new DomainError('not_found');
    return this.view(stored, caller);
  }

  view(stored: StoredProvider, caller: Principal): ProviderView {
    const token = caller.permissions.has('providers:write') ? this.secrets.openCallback(stored.row) : null;
    return providerView(stored, token === null ? null : `${this.config.publicUrl}/hooks/${stored.row.kind}/${token}`);
  }
}
