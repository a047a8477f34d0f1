import fc from 'fast-check';
import { DomainError } from '@tollgate/api/kernel';
import { canonicalAddress, rangeMatcher, readRange } from './address-ranges';
import { addressAllowed, normalizeRanges, openToAnyAddress } from './address-rule';

const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const v6 = fc
  .array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  .filter((parts) => parts.slice(0, 5).some((part) => part !== 0) || parts[5] !== 0xffff)
  .map((parts) => parts.map((part) => part.toString(16)).join(':'));

function numberOf(address: string): bigint {
  const canonical = canonicalAddress(address);
  if (canonical === null) throw new Error(`${address} is no address`);
  if (!canonical.includes(':')) return canonical.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].reduce(
    (sum, part) => sum * 65_536n + BigInt(`0x${part}`),
    0n,
  );
}

function fault(run: () => unknown): DomainError {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('reading an address range', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9/32'],
    [' 10.0.0.0/8 ', '10.0.0.0/8'],
    ['2001:DB8:0:0::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:10.1.2.3', '10.1.2.3/32'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::ffff:a00:0/104', '10.0.0.0/8'],
  ])('takes %s as %s', (text, range) => {
    expect(readRange(text)).toEqual({ ok: true, range, everybody: false });
  });

  it.each(['0.0.0.0/0', '::/0', '::ffff:0.0.0.0/96'])('knows that %s is everybody', (text) => {
    expect(readRange(text)).toMatchObject({ ok: true, everybody: true });
  });

  it('refuses host bits and says both things that may have been meant', () => {
    expect(readRange('10.1.2.3/8')).toEqual({
      ok: false,
      problem: '10.1.2.3/8 has host bits set; write 10.0.0.0/8 for the network or 10.1.2.3/32 for the one address',
    });
    expect(readRange('2001:db8::1/64')).toMatchObject({ ok: false });
    expect(readRange('10.0.0.1/0')).toMatchObject({ ok: false });
  });

  it.each([
    '',
    'localhost',
    '10.0.0.0.',
    '10.0.0',
    '010.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    '256.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/8.0',
    '2001:db8::/129',
    'fe80::1%eth0',
    '1.2.3.4:80',
    '[::1]',
    ':::',
    '::ffff:1.2.3',
    '::ffff:010.0.0.1',
    '*',
    '10.0.0.*',
    '10.0.0.1-10.0.0.9',
  ])('refuses %p', (text) => {
    expect(readRange(text)).toMatchObject({ ok: false });
  });

  it('is stable: what it wrote it reads as the same', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), (address) => {
        const first = readRange(address);
        expect(first.ok).toBe(true);
        if (first.ok) expect(readRange(first.range)).toEqual(first);
      }),
    );
  });
});

describe('whether a range holds an address', () => {
  it('agrees with arithmetic on the bits, for both kinds of address', () => {
    const pair = fc.oneof(
      fc.tuple(v4, v4, fc.integer({ min: 0, max: 32 }), fc.constant(32)),
      fc.tuple(v6, v6, fc.integer({ min: 0, max: 128 }), fc.constant(128)),
    );
    fc.assert(
      fc.property(pair, fc.boolean(), ([base, other, bits, width], near) => {
        const hostBits = BigInt(width - bits);
        const network = (numberOf(base) >> hostBits) << hostBits;
        const written = readRange(`${base}/${bits}`);
        const range = written.ok ? written.range : (/write (\S+) for the network/.exec(written.problem)?.[1] ?? '');
        expect(numberOf(range.split('/')[0] ?? '')).toBe(network);
        const address = near ? base : other;
        const inside = numberOf(address) >> hostBits === numberOf(base) >> hostBits;
        expect(rangeMatcher([range])(address)).toBe(inside ? range : null);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets an address of one kind match a range of the other', () => {
    fc.assert(
      fc.property(v4, v6, (four, six) => {
        expect(rangeMatcher(['::/0'])(four)).toBeNull();
        expect(rangeMatcher(['0.0.0.0/0'])(six)).toBeNull();
      }),
    );
  });

  it('sees an IPv4-mapped address as the IPv4 address that it is', () => {
    fc.assert(
      fc.property(v4, (address) => {
        expect(rangeMatcher([`${address}/32`])(`::ffff:${address}`)).toBe(`${address}/32`);
        expect(canonicalAddress(`::ffff:${address}`)).toBe(address);
      }),
    );
  });

  it('holds nothing that is not an address', () => {
    const match = rangeMatcher(['0.0.0.0/0', '::/0']);
    for (const text of ['', 'unknown', '10.0.0.1.', 'fe80::1%lo', '10.0.0.1, 10.0.0.2']) expect(match(text)).toBeNull();
  });
});

describe('the address rule of an application', () => {
  it('refuses everybody when the list is in force and empty', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), (address) => {
        expect(addressAllowed('listed', [], address)).toEqual({
          allowed: false,
          reason: 'no_ranges_listed',
          range: null,
        });
        expect(addressAllowed('any', [], address).allowed).toBe(true);
      }),
    );
  });

  it('says which range let the address in', () => {
    const ranges = ['192.0.2.0/24', '10.0.0.0/8'];
    expect(addressAllowed('listed', ranges, '10.9.8.7')).toEqual({
      allowed: true,
      reason: 'range_matched',
      range: '10.0.0.0/8',
    });
    expect(addressAllowed('listed', ranges, '11.0.0.1')).toEqual({
      allowed: false,
      reason: 'no_range_matched',
      range: null,
    });
  });

  it('takes a range of everybody only when that was confirmed, and shows it', () => {
    expect(fault(() => normalizeRanges(['::/0'], false))).toMatchObject({ code: 'invalid_address_range' });
    expect(normalizeRanges(['::/0'], true)).toEqual(['::/0']);
    expect(openToAnyAddress('listed', ['10.0.0.0/8', '::/0'])).toBe(true);
    expect(openToAnyAddress('listed', ['10.0.0.0/8'])).toBe(false);
    expect(openToAnyAddress('any', [])).toBe(true);
  });

  it('names every entry that is wrong, and keeps each right one once', () => {
    const error = fault(() => normalizeRanges(['10.0.0.0/8', '10.0.0.1/8', 'x'], false));
    expect(error.details.issues?.map((issue) => issue.path)).toEqual(['allowed_addresses.1', 'allowed_addresses.2']);
    expect(normalizeRanges(['10.0.0.1', '::ffff:10.0.0.1', '10.0.0.1/32'], false)).toEqual(['10.0.0.1/32']);
  });
});
