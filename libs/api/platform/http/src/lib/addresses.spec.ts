import { addressBucket, AddressRanges, clientAddresses, normalizeAddress, normalizeRange } from './addresses';

describe('addresses', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:0102:0304', '1.2.3.4'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('writes %s as %s', (text, normal) => {
    expect(normalizeAddress(text)).toBe(normal);
  });

  it.each(['', 'localhost', '1.2.3', '01.2.3.4', '1.2.3.4.', '0x7f.1', '2130706433', '1.2.3.4/32', 'unknown', '::g'])(
    'takes %p for no address',
    (text) => {
      expect(normalizeAddress(text)).toBeNull();
    },
  );

  it('counts an IPv4 address by itself and an IPv6 one by its /64, however it is written', () => {
    expect(addressBucket('1.2.3.4')).toBe('1.2.3.4');
    expect(addressBucket('::ffff:1.2.3.4')).toBe('1.2.3.4');
    const network = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002:0:0:0:9'];
    expect(new Set(network.map(addressBucket))).toEqual(new Set(['2001:db8:1:2::/64']));
    expect(addressBucket('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
    expect(addressBucket('unknown')).toBe('unknown');
  });

  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['1.2.3.4', '1.2.3.4/32'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
  ])('keeps the range %s as %s', (text, normal) => {
    expect(normalizeRange(text)).toBe(normal);
  });

  it.each([
    '10.0.0.1/8',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/08',
    '1.2.3.0/24/24',
    '2001:db8::1/64',
    '::ffff:0:0/90',
    'x/8',
    '',
  ])('refuses the range %p', (text) => {
    expect(normalizeRange(text)).toBeNull();
  });

  it('matches by kind, with IPv4-mapped addresses as IPv4', () => {
    const ranges = new AddressRanges(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']);
    for (const inside of ['10.255.1.1', '::ffff:10.1.1.1', '192.0.2.7', '2001:db8:ffff::1']) {
      expect([inside, ranges.includes(inside)]).toEqual([inside, true]);
    }
    for (const outside of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '::1', 'nonsense', '']) {
      expect([outside, ranges.includes(outside)]).toEqual([outside, false]);
    }
    expect(new AddressRanges([]).includes('10.0.0.1')).toBe(false);
    expect(() => new AddressRanges(['nonsense'])).toThrow(/nonsense/);
  });
});

describe('the addresses of a client', () => {
  const proxies = new AddressRanges(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);
  const effective = (peer: string, forwarded?: string) => clientAddresses(peer, forwarded, proxies).effective;

  it('is the peer, whatever a stranger writes', () => {
    expect(clientAddresses('203.0.113.9', '127.0.0.1, 10.0.0.1', proxies)).toEqual({
      effective: '203.0.113.9',
      forwarded: '127.0.0.1, 10.0.0.1',
      remote: '203.0.113.9',
    });
    expect(clientAddresses('203.0.113.9', undefined, proxies)).toMatchObject({ forwarded: null });
  });

  it('is the right-most hop that no trusted proxy is', () => {
    expect(effective('127.0.0.1', '198.51.100.1, 203.0.113.5, 10.0.0.2')).toBe('203.0.113.5');
    expect(effective('::ffff:127.0.0.1', '203.0.113.5')).toBe('203.0.113.5');
    expect(effective('10.1.1.1', '10.9.9.9, 10.8.8.8')).toBe('10.9.9.9');
    expect(effective('2001:db8::9', '2001:DB8::5, 2606:4700::1')).toBe('2606:4700::1');
  });

  it('takes a port for no part of an address, and believes nothing left of a hop that is none', () => {
    expect(effective('127.0.0.1', '203.0.113.5:4711')).toBe('203.0.113.5');
    expect(effective('127.0.0.1', '[2606:4700::1]:443')).toBe('2606:4700::1');
    expect(effective('127.0.0.1', '203.0.113.5, unknown')).toBe('127.0.0.1');
    expect(effective('127.0.0.1', '203.0.113.5, , 10.0.0.2')).toBe('10.0.0.2');
    expect(effective('127.0.0.1', '')).toBe('127.0.0.1');
  });

  it('keeps no more of the header than fits', () => {
    expect(clientAddresses('203.0.113.9', 'x'.repeat(9_000), proxies).forwarded).toHaveLength(500);
    expect(clientAddresses(undefined, undefined, proxies).effective).toBe('unknown');
  });
});
