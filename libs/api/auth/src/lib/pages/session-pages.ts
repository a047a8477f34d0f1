import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { COOKIES, clearCookie } from '../domain/cookies';
import { returnPath } from '../domain/return-path';
import { actAs, browserFrom } from '../sessions/browser';
import { sessionCookie } from '../sessions/cookies-of';
import { SignOut } from '../sessions/end-sessions';
import { LivingSessions, SessionPrincipal, type LivingSession } from '../sessions/session-principal';
import { StepUp } from '../sessions/step-up';
import { FormTokens } from './form-tokens';
import { goTo, pageAnswer, problemOf, STALE_FORM, type PageProblem } from './page-answer';
import { signOutView, stepUpView } from './sign-in-views';

const signInFirst = (returnTo: string): Reply =>
  goTo(`/sign-in?notice=expired&return_to=${encodeURIComponent(returnTo)}`);

/** `/sign-in/again`: proves within a session that it is still the same person. */
@Injectable()
export class StepUpPages {
  constructor(
    private readonly living: LivingSessions,
    private readonly principals: SessionPrincipal,
    private readonly stepUp: StepUp,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const returnTo = returnPath(page.query['return_to']);
    const found = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    return found === null ? signInFirst(returnTo) : this.render(page, found, { status: 200, returnTo });
  }

  async submit(page: PageRequest): Promise<Reply> {
    const fields = page.form();
    const returnTo = returnPath(fields['return_to']);
    const found = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    if (found === null) return signInFirst(returnTo);
    if (!this.tokens.matches(page, fields)) {
      return this.render(page, found, { status: 403, returnTo, problem: STALE_FORM });
    }
    const { password, code } = fields;
    try {
      const evidence = code === undefined ? { password: (password ?? '').slice(0, 512) } : { code: code.slice(0, 64) };
      const renewed = await this.stepUp.execute(evidence, actAs(await this.principals.of(found)));
      return goTo(returnTo, [sessionCookie(renewed.token)]);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'invalid_session') return signInFirst(returnTo);
      return this.render(page, found, { status: problem.status, returnTo, problem });
    }
  }

  private render(
    page: PageRequest,
    { user }: LivingSession,
    view: { readonly status: number; readonly returnTo: string; readonly problem?: PageProblem },
  ): Reply {
    const { token, cookies } = this.tokens.issue(page);
    const { email, secondFactor } = user;
    const text = stepUpView({ token, returnTo: view.returnTo, email, secondFactor, problem: view.problem });
    return pageAnswer(view.status, text, { cookies, retryAfter: view.problem?.retryAfter });
  }
}

/** `/sign-out`: a page that asks, so that no link elsewhere can sign anybody out. */
@Injectable()
export class SignOutPages {
  constructor(
    private readonly living: LivingSessions,
    private readonly principals: SessionPrincipal,
    private readonly signOut: SignOut,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const found = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    return found === null ? goTo('/sign-in') : this.render(page, 200, found.user.email);
  }

  async submit(page: PageRequest): Promise<Reply> {
    const found = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    if (found === null) return goTo('/sign-in?notice=signed_out', [clearCookie(COOKIES.session)]);
    if (!this.tokens.matches(page, page.form())) return this.render(page, 403, found.user.email);
    await this.signOut.execute(actAs(await this.principals.of(found)));
    return goTo('/sign-in?notice=signed_out', [clearCookie(COOKIES.session)], { 'clear-site-data': '"cache"' });
  }

  private render(page: PageRequest, status: number, email: string): Reply {
    const { token, cookies } = this.tokens.issue(page);
    return pageAnswer(status, signOutView({ token, email }), { cookies });
  }
}
