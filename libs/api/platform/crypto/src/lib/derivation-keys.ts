import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { KeyRing } from './key-ring';

/**
 * Keys from which one-time codes and link tokens are derived, so that nothing has to be stored. A row keeps the id of
 * the key that it began with: a rotation leaves pending ones valid as long as the old key is configured.
 */
@Injectable()
export class DerivationKeys {
  private readonly ring: KeyRing;

  constructor(@Inject(Config) config: Config) {
    this.ring = new KeyRing(config.keys, 'derivation');
  }

  current(): { readonly id: string; readonly key: Buffer } {
    return this.ring.current();
  }

  byId(id: string): Buffer | null {
    return this.ring.byId(id);
  }
}
