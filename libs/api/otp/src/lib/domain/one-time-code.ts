import { createHmac, hkdfSync } from 'node:crypto';

/** What a code is derived from; see 5.1 of the verification reference. */
export interface CodeSubject {
  readonly test: boolean;
  readonly applicationId: string;
  readonly verificationId: string;
  readonly purpose: string;
  readonly generation: number;
}

/** A key per application (HKDF-SHA-256, RFC 5869), so that a code of one says nothing about those of another. */
export function applicationKey(master: Buffer, applicationId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `otp1|${applicationId}`, 32));
}

/**
 * The code of a verification: the first 8 bytes of an HMAC-SHA-256 over what it is for, modulo 10^length. The id has
 * 80 random bits, so codes are independent and uniform (bias below 10^-9 for ten digits, 10^-13 for six). Nothing has
 * to be stored, and every send of the verification carries the same code.
 */
export function deriveCode(key: Buffer, subject: CodeSubject, length: number): string {
  const env = subject.test ? 'test' : 'live';
  const input = ['otp1', env, subject.applicationId, subject.verificationId, subject.purpose, subject.generation];
  const head = createHmac('sha256', key).update(input.join('|')).digest().readBigUInt64BE(0);
  return (head % 10n ** BigInt(length)).toString().padStart(length, '0');
}

/** Digits only, ASCII only, all of them. Anything else is a mistake of the caller and spends no check. */
export function isCodeOf(length: number, text: string): boolean {
  return text.length === length && /^[0-9]+$/.test(text);
}
