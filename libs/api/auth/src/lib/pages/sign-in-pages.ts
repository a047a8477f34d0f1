import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { COOKIES, clearCookie, setCookie, tokenFrom } from '../domain/cookies';
import { returnPath } from '../domain/return-path';
import { CHALLENGE_MS } from '../domain/session-lifetime';
import { browserFrom } from '../sessions/browser';
import { cookiesOf } from '../sessions/cookies-of';
import { LivingSessions } from '../sessions/session-principal';
import { CompleteSignIn, OpenChallenge } from '../sign-in/complete-sign-in';
import type { SignInStep } from '../sign-in/first-factor-passed';
import { SignIn } from '../sign-in/sign-in';
import { notice } from './form-parts';
import { FormTokens } from './form-tokens';
import { markup, type Value } from './markup';
import { goTo, pageAnswer, problemOf, STALE_FORM, type PageProblem } from './page-answer';
import { secondFactorView, signInView, type SignInView } from './sign-in-views';

const MAX_TYPED = 512;

const NOTICES: Readonly<Record<string, Value>> = {
  signed_out: notice('success', markup`<p>You are signed out.</p>`),
  expired: notice('info', markup`<p>Your session has ended. Sign in to go on where you were.</p>`),
  password_reset: notice('success', markup`<p>Your password is set. Sign in with it.</p>`),
  too_late: notice('warning', markup`<p>That took too long, or there were too many wrong codes. Begin again.</p>`),
};

/** `/sign-in`: address and password. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly living: LivingSessions,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const returnTo = returnPath(page.query['return_to']);
    if ((await this.living.find(browserFrom(page.headers.cookie).sessionToken)) !== null) return goTo(returnTo);
    return this.render(page, 200, {
      returnTo,
      organization: page.query['organization']?.slice(0, 63),
      notice: NOTICES[page.query['notice'] ?? ''],
    });
  }

  async submit(page: PageRequest): Promise<Reply> {
    const fields = page.form();
    const { identifier = '', password = '', organization = '' } = fields;
    const view = { returnTo: returnPath(fields['return_to']), identifier: identifier.slice(0, 320), organization };
    const fault = this.tokens.matches(page, fields) ? missing(identifier, password) : STALE_FORM;
    if (fault !== null) return this.render(page, fault.status, { ...view, problem: fault });
    try {
      const wish = {
        identifier,
        password,
        organization: organization.trim() === '' ? null : organization.trim().toLowerCase(),
        returnTo: view.returnTo,
      };
      return next(await this.signIn.execute(wish, browserFrom(page.headers.cookie)));
    } catch (error) {
      const problem = problemOf(error);
      return this.render(page, problem.status, { ...view, problem });
    }
  }

  private render(page: PageRequest, status: number, view: Omit<SignInView, 'token'>): Reply {
    const { token, cookies } = this.tokens.issue(page);
    return pageAnswer(status, signInView({ ...view, token }), { cookies, retryAfter: view.problem?.retryAfter });
  }
}

function missing(identifier: string, password: string): PageProblem | null {
  const fault = (field: string, message: string): PageProblem => ({
    status: 422,
    code: 'validation_failed',
    message,
    field,
    retryAfter: undefined,
  });
  if (identifier.trim() === '') return fault('identifier', 'Enter your e-mail address.');
  if (password === '') return fault('password', 'Enter your password.');
  if (identifier.length > MAX_TYPED) return fault('identifier', 'That is longer than any e-mail address.');
  return password.length > MAX_TYPED ? fault('password', 'That is longer than any password here.') : null;
}

function next(step: SignInStep): Reply {
  if (step.next === 'session') return goTo(step.returnTo, cookiesOf(step.session));
  return goTo('/sign-in/code', [setCookie(COOKIES.challenge, step.challengeToken, CHALLENGE_MS / 1_000)]);
}

/** `/sign-in/code`: the second factor of a sign-in that has begun. */
@Injectable()
export class SecondFactorPages {
  constructor(
    private readonly completing: CompleteSignIn,
    private readonly open: OpenChallenge,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const challenge = await this.open.find(tokenFrom(page.headers.cookie, COOKIES.challenge));
    return challenge === null ? tooLate() : this.render(page, 200);
  }

  async submit(page: PageRequest): Promise<Reply> {
    const fields = page.form();
    const code = (fields['code'] ?? fields['recovery_key'] ?? '').slice(0, 64);
    if (!this.tokens.matches(page, fields)) return this.render(page, 403, STALE_FORM);
    const challenge = tokenFrom(page.headers.cookie, COOKIES.challenge);
    try {
      const done = await this.completing.execute(challenge, code, browserFrom(page.headers.cookie));
      return goTo(done.returnTo, cookiesOf(done.session));
    } catch (error) {
      const problem = problemOf(error);
      return problem.code === 'sign_in_failed' ? tooLate() : this.render(page, problem.status, problem);
    }
  }

  private render(page: PageRequest, status: number, problem?: PageProblem): Reply {
    const { token, cookies } = this.tokens.issue(page);
    return pageAnswer(status, secondFactorView({ token, problem }), { cookies, retryAfter: problem?.retryAfter });
  }
}

const tooLate = (): Reply => goTo('/sign-in?notice=too_late', [clearCookie(COOKIES.challenge)]);
