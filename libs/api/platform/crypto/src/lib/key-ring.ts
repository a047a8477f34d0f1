import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { NamedKey } from '@tollgate/api/config';

/** Keys for one use, made from the installation's keys by HKDF-SHA-256 (RFC 5869): no key serves two uses. */
export class KeyRing {
  private readonly derived = new Map<string, Buffer>();
  readonly currentId: string;

  constructor(
    private readonly keys: readonly NamedKey[],
    private readonly use: string,
  ) {
    const [current] = keys;
    if (current === undefined) throw new Error('there is no key');
    this.currentId = current.id;
  }

  /** Null when no key of the installation has this id any more. */
  byId(id: string): Buffer | null {
    const known = this.derived.get(id);
    if (known !== undefined) return known;
    const master = this.keys.find((key) => key.id === id);
    if (master === undefined) return null;
    const key = Buffer.from(hkdfSync('sha256', master.bytes, Buffer.alloc(0), `tollgate/${this.use}/v1`, 32));
    this.derived.set(id, key);
    return key;
  }

  current(): { readonly id: string; readonly key: Buffer } {
    const key = this.byId(this.currentId);
    if (key === null) throw new Error('the current key is gone');
    return { id: this.currentId, key };
  }
}

const keyObjects = new WeakMap<Buffer, KeyObject>();

/** The key in the form that Node computes with: made anew from its bytes it costs ten times the HMAC itself. */
export function keyObjectOf(key: Buffer): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

export function hmacSha256(key: Buffer, data: string | Buffer): Buffer {
  return createHmac('sha256', keyObjectOf(key)).update(data).digest();
}
