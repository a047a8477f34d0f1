import { looksLikeResetToken, resetToken } from './reset-token';
import { invitationToken } from './invitation-token';

const key = Buffer.alloc(32, 7);

describe('the secret of a link that sets a password', () => {
  it('is the same each time it is derived, and fits its pattern', () => {
    expect(resetToken(key, 'pwr_1')).toBe(resetToken(key, 'pwr_1'));
    expect(looksLikeResetToken(resetToken(key, 'pwr_1'))).toBe(true);
  });

  it('differs by link and by key, and from what is made for another purpose', () => {
    const all = [
      resetToken(key, 'pwr_1'),
      resetToken(key, 'pwr_2'),
      resetToken(Buffer.alloc(32, 8), 'pwr_1'),
      invitationToken(key, 'pwr_1', 1),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['', 'abc', `${'a'.repeat(42)}/`, 'a'.repeat(44), '../../etc/passwd'])('is never %j', (text) => {
    expect(looksLikeResetToken(text)).toBe(false);
  });
});
