import { keyHint, keyState, retirementOf } from './key-state';

const life = { expiresAt: null, revokedAt: null, replacedBy: null };

describe('the state of a key', () => {
  it.each([
    [life, 'active'],
    [{ ...life, expiresAt: 1_001 }, 'active'],
    [{ ...life, expiresAt: 1_000 }, 'expired'],
    [{ ...life, expiresAt: 1_001, replacedBy: 'key_2' }, 'retiring'],
    [{ ...life, expiresAt: 1_000, replacedBy: 'key_2' }, 'expired'],
    [{ ...life, revokedAt: 5 }, 'revoked'],
    [{ expiresAt: 1, revokedAt: 5, replacedBy: 'key_2' }, 'revoked'],
  ] as const)('of %j is %s', (given, expected) => {
    expect(keyState(given, 1_000)).toBe(expected);
  });

  it('ends a rotated key after the overlap, and never later than it would have ended', () => {
    expect(retirementOf(life, 1_000, 60)).toBe(61_000);
    expect(retirementOf({ ...life, expiresAt: 5_000 }, 1_000, 60)).toBe(5_000);
    expect(retirementOf(life, 1_000, 0)).toBe(1_000);
  });

  it('is shown with a hint that holds four characters of the key', () => {
    expect(keyHint('live', 'x7Qa')).toBe('tg_live_…x7Qa');
  });
});
