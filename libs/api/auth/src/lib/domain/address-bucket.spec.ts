import { addressBucket } from './address-bucket';

describe('the bucket of an address', () => {
  it('is one for all textual forms of an IPv4 address', () => {
    expect(addressBucket('1.2.3.4')).toBe('1.2.3.4');
    expect(addressBucket('::ffff:1.2.3.4')).toBe('1.2.3.4');
    expect(addressBucket('::FFFF:102:304')).toBe('1.2.3.4');
  });

  it('is one for a whole /64, however written', () => {
    const one = addressBucket('2001:db8:1:2::1');
    expect(addressBucket('2001:0DB8:0001:0002:ffff:ffff:ffff:ffff')).toBe(one);
    expect(addressBucket('2001:db8:1:3::1')).not.toBe(one);
  });

  it('does not throw on nonsense', () => {
    expect(addressBucket('nonsense')).toBe('unknown');
    expect(addressBucket('')).toBe('unknown');
  });
});
