import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { newId } from '@tollgate/api/kernel';
import { applicationKey, deriveCode, isCodeOf, type CodeSubject } from './one-time-code';

const MASTER = Buffer.alloc(32, 7);
const subject = (over: Partial<CodeSubject> = {}): CodeSubject => ({
  test: false,
  applicationId: 'app_01JA0000000000000000000000',
  verificationId: 'vrf_01JA0000000000000000000000',
  purpose: 'sign_in',
  generation: 1,
  ...over,
});
const codeOf = (over: Partial<CodeSubject> = {}, length = 6, master = MASTER): string => {
  const of = subject(over);
  return deriveCode(applicationKey(master, of.applicationId), of, length);
};

describe('derived codes', () => {
  it('are the truncated HMAC of the documented input under the key of the application', () => {
    const of = subject();
    const key = Buffer.from(hkdfSync('sha256', MASTER, '', `otp1|${of.applicationId}`, 32));
    const mac = createHmac('sha256', key)
      .update(`otp1|live|${of.applicationId}|${of.verificationId}|sign_in|1`)
      .digest('hex');
    const expected = (BigInt(`0x${mac.slice(0, 16)}`) % 1_000_000n).toString().padStart(6, '0');
    expect(codeOf()).toBe(expected);
  });

  it('have the asked length, digits only, and are the same each time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 10 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (length, key) => {
        const id = newId('vrf');
        const code = codeOf({ verificationId: id }, length, Buffer.from(key));
        expect(isCodeOf(length, code)).toBe(true);
        expect(codeOf({ verificationId: id }, length, Buffer.from(key))).toBe(code);
      }),
    );
  });

  it('depend on every part of what they are for', () => {
    const base = codeOf({}, 10);
    const others = [
      codeOf({ test: true }, 10),
      codeOf({ applicationId: 'app_01JA0000000000000000000001' }, 10),
      codeOf({ verificationId: 'vrf_01JA0000000000000000000001' }, 10),
      codeOf({ purpose: 'payment' }, 10),
      codeOf({ generation: 2 }, 10),
      codeOf({}, 10, Buffer.alloc(32, 8)),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });

  it('are uniform, leading zeros included: chi-square per digit over 100,000 ids', () => {
    const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    const key = applicationKey(randomBytes(32), 'app_01JA0000000000000000000000');
    const total = 100_000;
    for (let i = 0; i < total; i += 1) {
      const code = deriveCode(key, subject({ verificationId: `vrf_${i}` }), 6);
      for (let place = 0; place < 6; place += 1) {
        const digit = Number(code.charAt(place));
        const row = counts[place] ?? [];
        row[digit] = (row[digit] ?? 0) + 1;
      }
    }
    for (const row of counts) {
      const expected = total / 10;
      const chiSquare = row.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // 9 degrees of freedom: above 45 once in a million runs.
      expect(chiSquare).toBeLessThan(45);
    }
  });
});

describe('the form of a code', () => {
  it.each(['12345', '1234567', '12345a', '12 456', '１２３４５６', '+12345', '1e5000', '', '12345\n'])(
    '%j is not a code of six digits',
    (text) => {
      expect(isCodeOf(6, text)).toBe(false);
    },
  );

  it('leading zeros belong to it', () => {
    expect(isCodeOf(6, '000042')).toBe(true);
  });
});
