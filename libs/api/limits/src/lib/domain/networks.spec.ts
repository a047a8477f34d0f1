import { maskedPrefix, widerNetwork } from './networks';

describe('widerNetwork', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['not an address', 'not an address'],
  ])('%s belongs to %s', (address, network) => {
    expect(widerNetwork(address)).toBe(network);
  });
});

describe('maskedPrefix', () => {
  it('shows the country and the beginning of the block, or the domain', () => {
    expect(maskedPrefix('+27821234')).toBe('+2782***');
    expect(maskedPrefix('example.com')).toBe('***@example.com');
    expect(maskedPrefix(null)).toBeNull();
  });
});
