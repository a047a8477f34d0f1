import { Injectable } from '@nestjs/common';
import { KeyedHash, randomToken, SecretBox } from '@tollgate/api/crypto';
import type { ProviderKind } from '@tollgate/contracts';
import type { ProviderRow } from '../persistence/entities';
import { Providers, type StoredProvider } from '../persistence/providers';
import type { Credentials } from '../providers/provider-setup';
import { callbackContext, credentialContext } from '../provider-directory';
import { KIND_FACTS } from './provider-rules';

type CallbackColumns = Pick<ProviderRow, 'callbackHash' | 'callbackSealed'>;

/** Seals what a provider must keep secret. Nothing that goes in here comes out through the API again. */
@Injectable()
export class ProviderSecrets {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly keyedHash: KeyedHash,
    private readonly providers: Providers,
  ) {}

  /** A new token for the address of its callbacks; none for kinds that never call back. */
  callbackFor(providerId: string, kind: ProviderKind): CallbackColumns {
    if (!KIND_FACTS[kind].callbacks) return { callbackHash: null, callbackSealed: null };
    const token = randomToken(24);
    return {
      callbackHash: this.hashOf(token),
      callbackSealed: this.secretBox.seal(token, callbackContext(providerId)),
    };
  }

  hashOf(token: string): string {
    return this.keyedHash.of('provider_callback', token);
  }

  openCallback(row: Pick<ProviderRow, 'id' | 'callbackSealed'>): string | null {
    return row.callbackSealed === null ? null : this.secretBox.open(row.callbackSealed, callbackContext(row.id));
  }

  /** The credentials in clear, for the check of a change and for adapters. */
  open(stored: StoredProvider): Credentials {
    return Object.fromEntries(
      stored.credentials.map(({ name, sealed, providerId }) => [
        name,
        this.secretBox.open(sealed, credentialContext(providerId, name)),
      ]),
    );
  }

  /** Sets the given ones and removes those that are null; in the transaction of the change. */
  async store(providerId: string, credentials: Readonly<Record<string, string | null>>, at: number): Promise<void> {
    for (const [name, value] of Object.entries(credentials)) {
      if (value === null) await this.providers.removeCredential(providerId, name);
      else {
        const sealed = this.secretBox.seal(value, credentialContext(providerId, name));
        await this.providers.setCredential({ providerId, name, sealed, hint: hintOf(value), setAt: at });
      }
    }
  }
}

/** Enough to tell two keys apart, too little to guess one: the last four characters of a long secret. */
export function hintOf(value: string): string {
  return value.length >= 16 ? `••••${value.slice(-4)}` : '••••';
}
