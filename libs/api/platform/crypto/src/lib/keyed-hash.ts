import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { hmacSha256 } from './key-ring';

/**
 * Recognizes without being able to read back: HMAC-SHA-256 under the installation's hash key, as 64 hex characters.
 * The purpose separates domains, so that a session's hash says nothing about an API key's.
 */
@Injectable()
export class KeyedHash {
  private readonly keys = new Map<string, Buffer>();

  constructor(@Inject(Config) private readonly config: Config) {}

  of(purpose: string, value: string): string {
    return hmacSha256(this.keyFor(purpose), value).toString('hex');
  }

  private keyFor(purpose: string): Buffer {
    const known = this.keys.get(purpose);
    if (known !== undefined) return known;
    const key = Buffer.from(
      hkdfSync('sha256', this.config.hashKey, Buffer.alloc(0), `tollgate/hash/${purpose}/v1`, 32),
    );
    this.keys.set(purpose, key);
    return key;
  }
}
