import { COOKIES, clearCookie, setCookie, tokenFrom } from './cookies';

const token = 'A'.repeat(43);
const name = COOKIES.session;

describe('reading a token from the Cookie header', () => {
  it('finds it among others', () => {
    expect(tokenFrom(`a=b; ${name}=${token}; c=d`, name)).toBe(token);
  });

  it.each([
    ['no header', undefined],
    ['another cookie', `x${name}=${token}`],
    ['a bad alphabet', `${name}=${'%'.repeat(43)}`],
    ['a wrong length', `${name}=${token}A`],
    ['an empty value', `${name}=`],
    ['two of the same name', `${name}=${token}; ${name}=${'B'.repeat(43)}`],
    ['a huge header', `${name}=${token}; x=${'y'.repeat(100_000)}`],
    ['bad base64', `${name}=====`],
  ])('takes %s as none', (_what, header) => {
    expect(tokenFrom(header, name)).toBeNull();
  });
});

describe('setting a cookie', () => {
  it('carries every attribute that the prefix demands', () => {
    const text = setCookie(name, token, 60);
    expect(text).toBe(`__Host-tg_session=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60`);
    expect(text).not.toContain('Domain');
  });

  it('clears with the same attributes and no value', () => {
    expect(clearCookie(name)).toContain('__Host-tg_session=; Path=/; Secure; HttpOnly');
    expect(clearCookie(name)).toContain('Max-Age=0');
  });
});
