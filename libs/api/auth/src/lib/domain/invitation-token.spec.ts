import { invitationToken, looksLikeInvitationToken } from './invitation-token';

const key = Buffer.alloc(32, 7);

describe('the secret of an invitation', () => {
  it('is the same each time it is derived', () => {
    expect(invitationToken(key, 'inv_1', 1)).toBe(invitationToken(key, 'inv_1', 1));
    expect(looksLikeInvitationToken(invitationToken(key, 'inv_1', 1))).toBe(true);
  });

  it('differs by invitation, by generation and by key', () => {
    const all = [
      invitationToken(key, 'inv_1', 1),
      invitationToken(key, 'inv_1', 2),
      invitationToken(key, 'inv_2', 1),
      invitationToken(Buffer.alloc(32, 8), 'inv_1', 1),
      invitationToken(key, 'inv_1\n1', 1),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['', 'abc', `${'a'.repeat(42)}/`, 'a'.repeat(44), '../../etc/passwd'])('is never %j', (text) => {
    expect(looksLikeInvitationToken(text)).toBe(false);
  });
});
