import { Injectable } from '@nestjs/common';
import { CreateProvider, type NewProvider } from './create-provider';
import { DeleteProvider } from './delete-provider';
import { TestSendProvider } from './test-send-provider';
import { UpdateProvider } from './update-provider';

/** How the first message through a new provider fared. */
export type FirstMessage =
  | { readonly accepted: true; readonly providerId: string }
  /** Why, as far as the provider or the network told: `auth`, `network`, … and the provider's own code. */
  | { readonly accepted: false; readonly errorClass: string; readonly errorCode: string | null };

/** The door of the first set-up to providers. The caller's permission has been checked before. */
export abstract class ProviderSetup {
  /**
   * Sets a provider up and sends a test message through it. It stays, switched on, only if the message was accepted.
   * Outside any transaction: it calls the provider.
   * Errors: provider_settings_invalid, address_refused, invalid_destination.
   */
  abstract establish(wanted: NewProvider, testTo: string): Promise<FirstMessage>;
}

@Injectable()
export class SetUpProvider implements ProviderSetup {
  constructor(
    private readonly createProvider: CreateProvider,
    private readonly testSend: TestSendProvider,
    private readonly updateProvider: UpdateProvider,
    private readonly deleteProvider: DeleteProvider,
  ) {}

  async establish(wanted: NewProvider, testTo: string): Promise<FirstMessage> {
    const { row } = await this.createProvider.execute({ ...wanted, enabled: false });
    try {
      const { result } = await this.testSend.execute(row.id, { to: testTo });
      if (result?.outcome === 'accepted') {
        await this.updateProvider.execute(row.id, { enabled: true });
        return { accepted: true, providerId: row.id };
      }
      await this.deleteProvider.execute(row.id);
      return { accepted: false, errorClass: result?.error_class ?? 'unknown', errorCode: result?.error_code ?? null };
    } catch (error) {
      await this.deleteProvider.execute(row.id);
      throw error;
    }
  }
}
