import { COOKIES, clearCookie, setCookie } from '../domain/cookies';
import { DEVICE_MS, SESSION_ABSOLUTE_MS } from '../domain/session-lifetime';
import type { OpenedSession } from './open-session';

/** Set-Cookie of a token of a session. */
export function sessionCookie(token: string): string {
  return setCookie(COOKIES.session, token, SESSION_ABSOLUTE_MS / 1_000);
}

/** Set-Cookie of a new session; what led to it is cleared. */
export function cookiesOf(opened: OpenedSession): string[] {
  return [
    sessionCookie(opened.token),
    clearCookie(COOKIES.challenge),
    clearCookie(COOKIES.setup),
    ...(opened.deviceToken === null ? [] : [setCookie(COOKIES.device, opened.deviceToken, DEVICE_MS / 1_000)]),
  ];
}
