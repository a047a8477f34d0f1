import { randomBytes } from 'node:crypto';
import { codePoints, refuseWeakPassword, weakness } from './password-rules';

const context = ['Acme Corporation', 'acme', 'annabel.smith@acme.example', 'Annabel Smith'];

describe('a password', () => {
  it.each([
    'password1234567',
    'Password12345!',
    'P@ssw0rd2026!!',
    'passwordpassword',
    'qwertyuiop12345',
    '1qaz2wsx3edc4rfv',
    '1q2w3e4r5t6y7u8i',
    '123456789012',
    '1234567890123456',
    'abcdefghijklmnop',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'letmein123456',
    'welcome2026!!',
    'iloveyou12345',
    'administrator1',
    'changeme123456',
    'football202611',
    'tollgate123456',
    'Tollgate!2026!',
    'correcthorse',
    '999999999999999',
    'zxcvbnm,./12345',
  ])('%s is refused as one that is tried first', (password) => {
    expect(weakness(password, [])).not.toBeNull();
  });

  it.each(['acme2026login!', 'AcmeCorporation1', 'annabelsmith99', 'Annabel.Smith2026', 'acmeacme2026!'])(
    '%s is refused for what is known about the person',
    (password) => {
      expect(weakness(password, context)).not.toBeNull();
    },
  );

  it.each([
    'correct horse battery staple',
    'violet-trumpet-gravel',
    'the quiet river took 9 stones',
    'ünïcödé pässphräse',
    'Zr8#kPq2!vLm9',
    '834502719364',
    'наконец-то весна',
    '🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧',
  ])('%s is taken', (password) => {
    expect(weakness(password, context)).toBeNull();
  });

  it('is taken when a generator made it', () => {
    for (let i = 0; i < 200; i += 1) {
      const generated = randomBytes(15).toString('base64');
      expect([generated, weakness(generated, context)]).toEqual([generated, null]);
    }
  });

  it('has 12 to 256 characters, counted as people count', () => {
    expect(weakness('violettrump', [])).toContain('12');
    expect(weakness('violettrumpe', [])).toBeNull();
    const long = Array.from({ length: 80 }, (_, i) => `w${i} `)
      .join('')
      .slice(0, 256);
    expect(weakness(long, [])).toBeNull();
    expect(weakness(`${long}x`, [])).toContain('256');
    expect(codePoints('🦊🦊')).toBe(2);
  });

  it('is refused with a code and a sentence that says what to do', () => {
    expect(() => refuseWeakPassword('password1234567', [])).toThrow(
      expect.objectContaining({
        code: 'password_too_weak',
        details: expect.objectContaining({ param: 'new_password' }),
      }),
    );
  });

  it('is judged at once, however it is built', () => {
    for (const nasty of ['a'.repeat(256), 'ab'.repeat(128), '1qaz'.repeat(64), 'aA!1'.repeat(64)]) {
      expect(weakness(nasty, context)).not.toBeNull();
    }
  });
});
