import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { EMBEDDED_OUTBOX_ID } from '../domain/embedded-outbox';
import { Providers } from '../persistence/providers';
import { ProviderTrail } from './provider-trail';

/** Removes a provider that is switched off. Its row stays for the messages that it carried; its secrets go. */
@Injectable()
export class DeleteProvider {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly providers: Providers,
    private readonly trail: ProviderTrail,
  ) {}

  /** Errors: not_found, provider_in_use, version_conflict. */
  async execute(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const stored = await this.providers.find(id);
      if (stored === null) throw new DomainError('not_found');
      if (id === EMBEDDED_OUTBOX_ID)
        throw new DomainError('provider_in_use', { detail: 'The outbox stays; switch it off instead' });
      if (stored.row.enabled) throw new DomainError('provider_in_use');
      const riders = (await this.providers.all()).filter(
        ({ row }) =>
          row.kind === 'carrier_email' && (row.settings as { via_provider_id?: unknown }).via_provider_id === id,
      );
      if (riders.length > 0)
        throw new DomainError('provider_in_use', {
          detail: `${riders[0]?.row.name ?? 'Another provider'} sends through it`,
        });
      const gone = {
        deletedAt: this.clock.recordedAt(),
        callbackHash: null,
        callbackSealed: null,
        oldCallbackHash: null,
      };
      if (!(await this.providers.update(id, stored.row.version, gone))) throw new DomainError('version_conflict');
      for (const { name } of stored.credentials) await this.providers.removeCredential(id, name);
      await this.trail.record('provider.deleted', stored.row);
    });
  }
}
