import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { keyObjectOf, KeyRing } from './key-ring';

/**
 * Encryption at rest of what must be read back: AES-256-GCM, a random 96-bit nonce, the key's id in front.
 * `context` says what the secret belongs to (`factor:fct_…`) and is authenticated: a sealed text that is moved to
 * another row does not open. Text form: `keyId.nonce.ciphertext.tag`, base64url.
 */
@Injectable()
export class SecretBox {
  private readonly ring: KeyRing;

  constructor(@Inject(Config) config: Config) {
    this.ring = new KeyRing(config.keys, 'secret-box');
  }

  seal(plaintext: string, context: string): string {
    const { id, key } = this.ring.current();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyObjectOf(key), nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return [
      id,
      nonce.toString('base64url'),
      sealed.toString('base64url'),
      cipher.getAuthTag().toString('base64url'),
    ].join('.');
  }

  /** Throws when the text was changed, belongs to another context, or its key is gone. */
  open(sealed: string, context: string): string {
    const [id, nonce, body, tag] = sealed.split('.');
    const key = id === undefined ? null : this.ring.byId(id);
    if (key === null || nonce === undefined || body === undefined || tag === undefined) {
      throw new Error(`cannot open a secret of ${context}: its key ${id ?? ''} is not among TOLLGATE_KEYS`);
    }
    const decipher = createDecipheriv('aes-256-gcm', keyObjectOf(key), Buffer.from(nonce, 'base64url'), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
  }

  /** Whether the text is sealed with an older key, for the rotation command. */
  isStale(sealed: string): boolean {
    return !sealed.startsWith(`${this.ring.currentId}.`);
  }
}
