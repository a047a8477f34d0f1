import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import { ProviderSecrets } from '../provider-acts/provider-secrets';
import { ProviderDirectory } from '../provider-directory';
import type { LoadedProvider } from '../providers/loaded-provider';
import { CallbackRefusals } from './callback-refusals';

export type CallingProvider = LoadedProvider & { readonly callbacks: NonNullable<LoadedProvider['callbacks']> };

/** Who calls back, by the token in the address. A provider that was switched off still reports what it carried. */
@Injectable()
export class CallbackProvider {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly secrets: ProviderSecrets,
    private readonly refusals: CallbackRefusals,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found. */
  async find(kind: 'twilio' | 'sendgrid' | 'http', token: string): Promise<CallingProvider> {
    const hash = this.secrets.hashOf(token);
    const now = this.clock.recordedAt();
    for (const provider of await this.directory.all()) {
      const { callbacks } = provider;
      if (provider.kind !== kind || callbacks === null) continue;
      if (callbacks.hashes.some((known) => known.hash === hash && (known.until === null || known.until > now)))
        return { ...provider, callbacks };
    }
    throw this.refusals.unknownAddress(kind);
  }
}
