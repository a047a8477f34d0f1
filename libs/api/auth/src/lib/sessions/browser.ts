import { RequestContext, type Principal } from '@tollgate/api/kernel';
import { COOKIES, tokenFrom } from '../domain/cookies';

/** What a browser brings of earlier sign-ins. Tokens as they came: nothing of them is believed yet. */
export interface Browser {
  readonly sessionToken: string | null;
  readonly deviceToken: string | null;
}

export function browserFrom(cookieHeader: string | undefined): Browser {
  return {
    sessionToken: tokenFrom(cookieHeader, COOKIES.session),
    deviceToken: tokenFrom(cookieHeader, COOKIES.device),
  };
}

export const NO_BROWSER: Browser = { sessionToken: null, deviceToken: null };

/** The effective address of the running request; for specs and commands, that there is none. */
export function clientAddress(): string {
  return RequestContext.current()?.addresses.effective ?? 'none';
}

export function clientUserAgent(): string | null {
  const text = RequestContext.current()?.userAgent ?? null;
  return text === null ? null : Array.from(Buffer.from(text).toString()).slice(0, 400).join('');
}

/** A page found out who it serves: audit and request log know from here on. */
export function actAs(principal: Principal): Principal {
  const facts = RequestContext.current();
  if (facts !== undefined) facts.principal = principal;
  return principal;
}
