import { html, redirect, type Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { statusOf } from '@tollgate/contracts';

/** Sends the browser to a page of ours, with GET. */
export function goTo(
  location: string,
  cookies: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): Reply<undefined> {
  return redirect(location, cookies.length === 0 ? headers : { ...headers, 'set-cookie': [...cookies] });
}

export function pageAnswer(
  status: number,
  text: string,
  more: { readonly cookies?: readonly string[]; readonly retryAfter?: number | undefined } = {},
): Reply<string> {
  const { cookies = [], retryAfter } = more;
  return html(status, text, {
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
}

export interface PageProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The form's field at fault. */
  readonly field: string | null;
  readonly retryAfter: number | undefined;
}

/** `4 minutes`, rounded up. */
export function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds <= 90) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

const SENTENCES: Readonly<Record<string, string>> = {
  sign_in_failed: 'The e-mail address or the password is not right.',
  wrong_password: 'The password is not right.',
  wrong_factor_code: 'That code is not right, or it was used already. Codes change every 30 seconds.',
  setup_token_invalid:
    'That set-up token is not right. The server printed it when it started; a restart prints another.',
  setup_closed: 'Set-up is done. Sign in to go on.',
  invitation_invalid: 'This invitation was used, withdrawn, or is older than 72 hours. Ask for a new one.',
  reset_invalid: 'This link was used, is older than 30 minutes, or another one took its place.',
  organization_suspended: 'The organization is suspended, so nobody can join it now.',
  member_exists: 'This person is a member already. Sign in instead.',
};

const FIELDS: Readonly<Record<string, string>> = {
  wrong_password: 'password',
  wrong_factor_code: 'code',
  password_too_weak: 'password',
  setup_token_invalid: 'token',
};

/** What a page says about a refusal. Anything that is not one goes on to the filter for all errors. */
export function problemOf(thrown: unknown): PageProblem {
  if (!(thrown instanceof DomainError) || thrown.kind === 'bug' || thrown.kind === 'unavailable') throw thrown;
  const { code, details } = thrown;
  const wait =
    code === 'account_locked' ? `Too many attempts. Try again in ${duration(details.retryAfter ?? 60)}.` : null;
  return {
    status: statusOf(code),
    code,
    message: wait ?? SENTENCES[code] ?? thrown.message,
    field: FIELDS[code] ?? details.param ?? null,
    retryAfter: details.retryAfter,
  };
}

export const STALE_FORM: PageProblem = {
  status: 403,
  code: 'origin_not_allowed',
  message: 'This form was not sent from here, or your browser keeps no cookies. Try once more.',
  field: null,
  retryAfter: undefined,
};
