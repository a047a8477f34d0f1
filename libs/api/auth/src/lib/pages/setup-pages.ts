import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { COOKIES, setCookie, tokenFrom } from '../domain/cookies';
import { browserFrom } from '../sessions/browser';
import { cookiesOf } from '../sessions/cookies-of';
import { BeginSetup } from '../setup/begin-setup';
import { CreateAdministrator } from '../setup/create-administrator';
import { SetupState } from '../setup/setup-state';
import { SetupSteps } from '../setup/setup-steps';
import { FormTokens } from './form-tokens';
import { nameFault } from './invite-pages';
import { goTo, pageAnswer, problemOf, STALE_FORM, type PageProblem } from './page-answer';
import { administratorView, setupClosedView, setupTokenView, type WizardPlace } from './setup-views';

/** Longer than anybody takes for one step. */
const TICKET_SECONDS = 3_600;

export function placeOf(steps: SetupSteps, key: string): WizardPlace {
  const keys = ['token', 'administrator', ...steps.all.map((step) => step.key), 'finish'];
  const titles = ['Set-up token', 'Administrator', ...steps.all.map((step) => step.title), 'Finish'];
  return { titles, at: Math.max(0, keys.indexOf(key)) };
}

export function closedSetup(error: unknown): Reply {
  const problem = problemOf(error);
  return pageAnswer(problem.status, setupClosedView(problem.message));
}

/** `/setup` and `/setup/administrator`: the token, and the first super admin. */
@Injectable()
export class SetupPages {
  constructor(
    private readonly state: SetupState,
    private readonly begin: BeginSetup,
    private readonly administrator: CreateAdministrator,
    private readonly steps: SetupSteps,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const phase = await this.state.phase(tokenFrom(page.headers.cookie, COOKIES.setup));
    if (phase === 'closed') return closedSetup(new DomainError('setup_closed'));
    if (phase === 'administrator') return goTo('/setup/administrator');
    return phase === 'steps' ? goTo(this.steps.after(null)) : this.token(page, 200);
  }

  async submit(page: PageRequest): Promise<Reply> {
    const fields = page.form();
    if (!this.tokens.matches(page, fields)) return this.token(page, 403, STALE_FORM);
    try {
      const ticket = await this.begin.execute((fields['token'] ?? '').slice(0, 200));
      return goTo('/setup/administrator', [setCookie(COOKIES.setup, ticket, TICKET_SECONDS)]);
    } catch (error) {
      const problem = problemOf(error);
      return problem.code === 'setup_closed' ? closedSetup(error) : this.token(page, problem.status, problem);
    }
  }

  async showAdministrator(page: PageRequest): Promise<Reply> {
    const phase = await this.state.phase(tokenFrom(page.headers.cookie, COOKIES.setup));
    return phase === 'administrator' ? this.form(page, 200, {}) : goTo('/setup');
  }

  async submitAdministrator(page: PageRequest): Promise<Reply> {
    const phase = await this.state.phase(tokenFrom(page.headers.cookie, COOKIES.setup));
    if (phase !== 'administrator') return goTo('/setup');
    const fields = page.form();
    const typed = { name: (fields['name'] ?? '').trim().slice(0, 200), email: (fields['email'] ?? '').slice(0, 320) };
    const fault = this.tokens.matches(page, fields) ? nameFault(typed.name) : STALE_FORM;
    if (fault !== null) return this.form(page, fault.status, { ...typed, problem: fault });
    try {
      const ticket = tokenFrom(page.headers.cookie, COOKIES.setup);
      const person = { ...typed, password: fields['password'] ?? '' };
      const session = await this.administrator.execute(ticket, person, browserFrom(page.headers.cookie));
      return goTo(this.steps.after(null), cookiesOf(session));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'setup_closed' || problem.code === 'setup_token_invalid') return goTo('/setup');
      return this.form(page, problem.status, { ...typed, problem });
    }
  }

  private token(page: PageRequest, status: number, problem?: PageProblem): Reply {
    const { token, cookies } = this.tokens.issue(page);
    const text = setupTokenView({ place: placeOf(this.steps, 'token'), token, problem });
    return pageAnswer(status, text, { cookies, retryAfter: problem?.retryAfter });
  }

  private form(
    page: PageRequest,
    status: number,
    typed: { readonly name?: string; readonly email?: string; readonly problem?: PageProblem },
  ): Reply {
    const { token, cookies } = this.tokens.issue(page);
    const text = administratorView({ place: placeOf(this.steps, 'administrator'), token, ...typed });
    return pageAnswer(status, text, { cookies });
  }
}
