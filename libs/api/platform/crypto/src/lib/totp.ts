import { randomBytes } from 'node:crypto';
import speakeasy from 'speakeasy';
import { safeEqual } from './random';

export interface TotpProof {
  /** 20 random bytes or more, base32 (RFC 4648). */
  readonly secret: string;
  readonly token: string;
  readonly atMs: number;
  /** Steps to either side that are accepted: 0, 1 or 2. */
  readonly window: 0 | 1 | 2;
  /** The step of the last accepted token: it and all before are refused. Null = none yet. */
  readonly lastStep: number | null;
}

const STEP_SECONDS = 30;
const BASE32 = /^[A-Z2-7]+$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET.charAt(parseInt(group.padEnd(5, '0'), 2))).join('');
}

function tokenAt(secret: string, step: number): string {
  return speakeasy.hotp({ secret, counter: step, encoding: 'base32', digits: 6, algorithm: 'sha1' });
}

/**
 * Authenticator apps (RFC 6238: SHA-1, 30 s, 6 digits). The one place that touches speakeasy, which is unmaintained:
 * its own verify takes a textual window for a larger one, accepts `26920x` for `026920` and an empty secret, so only
 * its HOTP value is used; window, form, length of the secret, comparison and replay are decided here.
 */
export const Totp = {
  /** 160 random bits, base32. */
  newSecret(): string {
    return toBase32(randomBytes(20));
  },

  /** The address that authenticator apps read from a QR code (Key Uri Format). */
  uri(input: { readonly secret: string; readonly issuer: string; readonly account: string }): string {
    const label = `${encodeURIComponent(input.issuer)}:${encodeURIComponent(input.account)}`;
    const query = new URLSearchParams({
      secret: input.secret,
      issuer: input.issuer,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
  },

  stepAt(atMs: number): number {
    return Math.floor(atMs / 1000 / STEP_SECONDS);
  },

  /**
   * The step whose token this is, or null. The caller must still win `UPDATE … SET last_step = ? WHERE last_step < ?`:
   * of two equal tokens at the same instant only that statement tells which is first.
   */
  verify(proof: TotpProof): { readonly step: number } | null {
    if (!/^[0-9]{6}$/.test(proof.token) || !BASE32.test(proof.secret) || proof.secret.length < 32) return null;
    if (!Number.isInteger(proof.window) || proof.window < 0 || proof.window > 2) return null;
    const now = Totp.stepAt(proof.atMs);
    let found: { step: number } | null = null;
    for (let step = now - proof.window; step <= now + proof.window; step += 1) {
      // No early exit: the time says nothing about which step it was.
      const right = step >= 0 && safeEqual(tokenAt(proof.secret, step), proof.token);
      if (right && (proof.lastStep === null || step > proof.lastStep) && found === null) found = { step };
    }
    return found;
  },

  /** The token of an instant; for tests and for showing somebody their own set-up. */
  tokenAt(secret: string, atMs: number): string {
    return tokenAt(secret, Totp.stepAt(atMs));
  },
};
