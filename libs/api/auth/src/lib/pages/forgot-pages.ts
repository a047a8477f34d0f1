import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { RESET_MS } from '../domain/session-lifetime';
import { AskPasswordReset } from '../passwords/reset/ask-password-reset';
import { FindReset, ResetPassword, type OpenReset } from '../passwords/reset/reset-password';
import { FormTokens } from './form-tokens';
import { askedView, closedResetView, forgotView, resetView } from './forgot-views';
import { goTo, pageAnswer, problemOf, STALE_FORM, type PageProblem } from './page-answer';

const MAX_TYPED = 512;

/** `/forgot`: asks for a link. */
@Injectable()
export class ForgotPages {
  constructor(
    private readonly asking: AskPasswordReset,
    private readonly tokens: FormTokens,
  ) {}

  show(page: PageRequest): Reply {
    return this.render(page, 200);
  }

  async submit(page: PageRequest): Promise<Reply> {
    const fields = page.form();
    const identifier = (fields['identifier'] ?? '').trim();
    const fault = this.tokens.matches(page, fields) ? missing(identifier) : STALE_FORM;
    if (fault !== null) return this.render(page, fault.status, identifier, fault);
    try {
      await this.asking.execute(identifier);
      return pageAnswer(200, askedView(RESET_MS / 60_000));
    } catch (error) {
      const problem = problemOf(error);
      return this.render(page, problem.status, identifier, problem);
    }
  }

  private render(page: PageRequest, status: number, identifier?: string, problem?: PageProblem): Reply {
    const { token, cookies } = this.tokens.issue(page);
    const text = forgotView({ token, identifier: identifier?.slice(0, 320), problem });
    return pageAnswer(status, text, { cookies, retryAfter: problem?.retryAfter });
  }
}

function missing(identifier: string): PageProblem | null {
  if (identifier !== '' && identifier.length <= MAX_TYPED) return null;
  const message = identifier === '' ? 'Enter your e-mail address.' : 'That is longer than any e-mail address.';
  return { status: 422, code: 'validation_failed', message, field: 'identifier', retryAfter: undefined };
}

/** `/reset/{token}`: looking at it changes nothing; only sending the form sets the password. */
@Injectable()
export class ResetPages {
  constructor(
    private readonly finding: FindReset,
    private readonly resetting: ResetPassword,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    try {
      return this.render(page, await this.finding.execute(page.params['token'] ?? ''), 200);
    } catch (error) {
      return this.closed(error);
    }
  }

  async submit(page: PageRequest): Promise<Reply> {
    const token = page.params['token'] ?? '';
    let found: OpenReset;
    try {
      found = await this.finding.execute(token);
    } catch (error) {
      return this.closed(error);
    }
    const fields = page.form();
    if (!this.tokens.matches(page, fields)) return this.render(page, found, STALE_FORM.status, STALE_FORM);
    try {
      await this.resetting.execute(token, fields['password'] ?? '');
      return goTo('/sign-in?notice=password_reset');
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'password_too_weak') return this.closed(error);
      return this.render(page, found, problem.status, { ...problem, field: 'password' });
    }
  }

  private render(page: PageRequest, { user }: OpenReset, status: number, problem?: PageProblem): Reply {
    const { token, cookies } = this.tokens.issue(page);
    const action = `/reset/${page.params['token'] ?? ''}`;
    return pageAnswer(status, resetView({ token, action, email: user.email, problem }), { cookies });
  }

  private closed(error: unknown): Reply {
    const problem = problemOf(error);
    return pageAnswer(problem.status, closedResetView(problem.message));
  }
}
