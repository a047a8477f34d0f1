import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { label } from '@tollgate/contracts';
import { RoleBook } from '@tollgate/api/users';
import { AcceptInvitation, FindInvitation, type OpenInvitation } from '../invitations/accept-invitation';
import { browserFrom } from '../sessions/browser';
import { cookiesOf } from '../sessions/cookies-of';
import { LivingSessions } from '../sessions/session-principal';
import { FormTokens } from './form-tokens';
import { closedInvitationView, invitationPageView } from './invite-views';
import { goTo, pageAnswer, problemOf, STALE_FORM, type PageProblem } from './page-answer';

interface Typed {
  readonly status: number;
  readonly name?: string;
  readonly problem?: PageProblem;
}

/** `/invite/{token}`: looking at it changes nothing; only sending the form accepts. */
@Injectable()
export class InvitePages {
  constructor(
    private readonly finding: FindInvitation,
    private readonly accepting: AcceptInvitation,
    private readonly living: LivingSessions,
    private readonly roleBook: RoleBook,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    try {
      const found = await this.finding.execute(page.params['token'] ?? '');
      return await this.render(page, found, { status: 200, name: found.invitation.name ?? '' });
    } catch (error) {
      return this.closed(error);
    }
  }

  async submit(page: PageRequest): Promise<Reply> {
    const token = page.params['token'] ?? '';
    let found: OpenInvitation;
    try {
      found = await this.finding.execute(token);
    } catch (error) {
      return this.closed(error);
    }
    const fields = page.form();
    const name = (fields['name'] ?? '').trim().slice(0, 200);
    const fault = this.tokens.matches(page, fields) ? nameFault(name) : STALE_FORM;
    if (fault !== null) return this.render(page, found, { status: fault.status, name, problem: fault });
    try {
      const wish = { name, password: fields['password'] ?? '' };
      const session = await this.accepting.execute(token, wish, browserFrom(page.headers.cookie));
      return goTo('/', cookiesOf(session));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'password_too_weak') return this.closed(error);
      return this.render(page, found, { status: problem.status, name, problem: { ...problem, field: 'password' } });
    }
  }

  private async render(page: PageRequest, found: OpenInvitation, typed: Typed): Promise<Reply> {
    const { token, cookies } = this.tokens.issue(page);
    const signedIn = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    const { invitation, organization } = found;
    const text = invitationPageView({
      token,
      action: `/invite/${page.params['token'] ?? ''}`,
      organization: organization.builtIn ? 'this Tollgate installation' : organization.name,
      inviter: invitation.invitedBy,
      roles: invitation.roles.split(',').map((role) => this.roleBook.nameOf(role)),
      email: invitation.email,
      expiresAt: invitation.expiresAt,
      name: typed.name,
      signedInAs: signedIn?.user.email,
      problem: typed.problem,
    });
    return pageAnswer(typed.status, text, { cookies });
  }

  private closed(error: unknown): Reply {
    const problem = problemOf(error);
    return pageAnswer(problem.status, closedInvitationView(problem.message));
  }
}

export function nameFault(name: string): PageProblem | null {
  if (label(120).safeParse(name).success) return null;
  const message = name === '' ? 'Enter your name.' : 'Use at most 120 characters, without control characters.';
  return { status: 422, code: 'validation_failed', message, field: 'name', retryAfter: undefined };
}
