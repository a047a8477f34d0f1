import { createHash, randomBytes } from 'node:crypto';
import { safeEqual } from './random';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

const checksum = (head: string): string => base62(createHash('sha256').update(head).digest().subarray(0, 8), 6);

/**
 * API keys: `tg_live_` or `tg_test_`, 43 base-62 characters of 256 random bits, and 6 of a checksum over all before.
 * The checksum lets a secret scanner and the server tell a mistyped key from an unknown one without a look-up; it
 * is no secret and adds no strength.
 */
export const apiToken = {
  create(kind: 'live' | 'test'): string {
    const head = `tg_${kind}_${base62(randomBytes(32), 43)}`;
    return head + checksum(head);
  },
  /** Null when it is not shaped like a key of ours. Says nothing about whether it exists. */
  parse(text: string): { readonly kind: 'live' | 'test' } | null {
    const match = /^tg_(live|test)_[0-9A-Za-z]{49}$/.exec(text);
    if (match === null || !safeEqual(checksum(text.slice(0, -6)), text.slice(-6))) return null;
    return { kind: match[1] === 'live' ? 'live' : 'test' };
  },
};
