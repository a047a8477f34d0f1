import { randomBytes, timingSafeEqual } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A URL-safe token of so many random bytes. 32 = 256 bits. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Equality in a time that does not depend on where two texts of one length differ. */
export function safeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Recovery codes of 50 random bits each, such as `7Q4KX-M2P9T`: letters and digits that are not mistaken for others. */
export function recoveryCodes(count: number): string[] {
  return Array.from({ length: count }, () => {
    const characters = Array.from(randomBytes(10), (byte) => CROCKFORD.charAt(byte & 31)).join('');
    return `${characters.slice(0, 5)}-${characters.slice(5)}`;
  });
}

/** As somebody may type it: case, spaces and dashes do not matter; O is 0, I and L are 1. Null when it cannot be one. */
export function normalizeRecoveryCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(plain) ? `${plain.slice(0, 5)}-${plain.slice(5)}` : null;
}
