/**
 * The cookies of signing in. `__Host-` makes browsers refuse them without Secure, with a Domain, or for part of a
 * path, so that no sibling host can plant one (RFC 6265bis 4.1.3). Browsers take them on plain http from loopback.
 */
export const COOKIES = {
  session: '__Host-tg_session',
  /** Between the password and the second factor. */
  challenge: '__Host-tg_sign_in',
  /** This browser has signed in before; lets its owner in while strangers are being slowed down. */
  device: '__Host-tg_device',
  /** Half of the form token; the other half is in the form. */
  form: '__Host-tg_form',
  /** Whoever gave the set-up token. */
  setup: '__Host-tg_setup',
} as const;

export type CookieName = (typeof COOKIES)[keyof typeof COOKIES];

/** The value of our tokens: 32 random bytes, base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token in a Cookie header, or null. Malformed, oversized or doubled ones are as good as none: with two of the same
 * name nobody can tell which one was planted.
 */
export function tokenFrom(header: string | undefined, name: CookieName): string | null {
  if (header === undefined || header.length > 16_384) return null;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = found;
  return found.length === 1 && value !== undefined && TOKEN.test(value) ? value : null;
}

/** Set-Cookie. Without `maxAgeSeconds` it ends with the browser. */
export function setCookie(name: CookieName, token: string, maxAgeSeconds?: number): string {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${name}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`;
}

export function clearCookie(name: CookieName): string {
  return `${name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
}
