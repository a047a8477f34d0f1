import { Injectable } from '@nestjs/common';
import { KeyedHash, randomToken, safeEqual } from '@tollgate/api/crypto';
import type { PageRequest } from '@tollgate/api/http';
import { COOKIES, setCookie, tokenFrom } from '../domain/cookies';

export interface IssuedFormToken {
  /** For the hidden field. */
  readonly token: string;
  /** Set-Cookie, when the browser has no half of its own yet. */
  readonly cookies: readonly string[];
}

/**
 * The second lock against forged forms, beside the check of Origin: a form carries the keyed hash of a cookie that no
 * other site can read, and no sibling host can plant. It works before anybody is signed in, and so keeps strangers
 * from signing a browser in to their own account.
 */
@Injectable()
export class FormTokens {
  constructor(private readonly keyedHash: KeyedHash) {}

  issue(page: PageRequest): IssuedFormToken {
    const known = tokenFrom(page.headers.cookie, COOKIES.form);
    const half = known ?? randomToken();
    return {
      token: this.keyedHash.of('form_token', half),
      cookies: known === null ? [setCookie(COOKIES.form, half)] : [],
    };
  }

  matches(page: PageRequest, fields: Readonly<Record<string, string>>): boolean {
    const half = tokenFrom(page.headers.cookie, COOKIES.form);
    const given = fields['form_token'];
    return half !== null && given !== undefined && safeEqual(this.keyedHash.of('form_token', half), given);
  }
}
