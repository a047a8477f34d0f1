import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Totp } from './totp';

const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // ASCII 12345678901234567890
const RFC_4226_VALUES = [
  '755224',
  '287082',
  '359152',
  '969429',
  '338314',
  '254676',
  '287922',
  '162583',
  '399871',
  '520489',
];
// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
const RFC_6238_VALUES: [number, string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

function independent(secretBytes: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secretBytes).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const proof = (token: string, atMs: number, lastStep: number | null = null) =>
  Totp.verify({ secret: RFC_SECRET, token, atMs, window: 1, lastStep });

describe('Totp', () => {
  it('gives the values of RFC 4226, appendix D', () => {
    expect(RFC_4226_VALUES.map((_, counter) => Totp.tokenAt(RFC_SECRET, counter * 30_000))).toEqual(RFC_4226_VALUES);
  });

  it.each(RFC_6238_VALUES)('accepts the value of RFC 6238 at %i s', (seconds, token) => {
    expect(proof(token, seconds * 1000)).toEqual({ step: Math.floor(seconds / 30) });
  });

  it('accepts one step to either side and no more', () => {
    const token = Totp.tokenAt(RFC_SECRET, 3_000_000);
    const accepted = [-60, -31, -30, 0, 29, 59, 60].map((seconds) => proof(token, 3_000_000 + seconds * 1000) !== null);
    expect(accepted).toEqual([false, false, true, true, true, true, false]);
  });

  it('refuses the step that was accepted last, and older ones', () => {
    const at = 90_000_000;
    const step = at / 30_000;
    expect(proof(Totp.tokenAt(RFC_SECRET, at), at, step)).toBeNull();
    expect(proof(Totp.tokenAt(RFC_SECRET, at - 30_000), at, step)).toBeNull();
    expect(proof(Totp.tokenAt(RFC_SECRET, at + 30_000), at, step)).toEqual({ step: step + 1 });
  });

  it.each(['28708x', '2870820', '28708', ' 87082', '２８７０８２', '', '+28708', '1e5000'])(
    'refuses the malformed token %j',
    (token) => {
      expect(proof(token, 59_000)).toBeNull();
    },
  );

  it.each(['', 'GEZDGNBV', 'gezdgnbvgy3tqojqgezdgnbvgy3tqojq', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1'])(
    'refuses the secret %j',
    (secret) => {
      const token = Totp.tokenAt(RFC_SECRET, 59_000);
      expect(Totp.verify({ secret, token, atMs: 59_000, window: 1, lastStep: null })).toBeNull();
    },
  );

  it.each(['1', 1.5, -1, 3, Number.NaN])('refuses the window %j', (window) => {
    const token = Totp.tokenAt(RFC_SECRET, 59_000);
    expect(Totp.verify({ secret: RFC_SECRET, token, atMs: 59_000, window: window as 1, lastStep: null })).toBeNull();
  });

  it('agrees with an independent reading of the RFC for any secret and time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (atMs) => {
        const secret = Totp.newSecret();
        const bits = [...secret]
          .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
          .join('');
        const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((group) => parseInt(group, 2)));
        expect(bytes).toHaveLength(20);
        expect(Totp.tokenAt(secret, atMs)).toBe(independent(bytes, Totp.stepAt(atMs)));
      }),
      { numRuns: 200 },
    );
  });

  it('writes the issuer into label and parameter', () => {
    const uri = Totp.uri({ secret: RFC_SECRET, issuer: 'Acme & Co', account: 'ann@example.com' });
    expect(uri).toBe(
      `otpauth://totp/Acme%20%26%20Co:ann%40example.com?secret=${RFC_SECRET}&issuer=Acme%20%26%20Co&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
