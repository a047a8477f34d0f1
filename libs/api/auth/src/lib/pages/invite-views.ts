import { field, form, notice } from './form-parts';
import { layout } from './layout';
import { markup } from './markup';
import type { PageProblem } from './page-answer';
import { problemNotice } from './sign-in-views';

export interface InvitationPageView {
  readonly token: string;
  readonly action: string;
  readonly organization: string;
  readonly inviter: string;
  readonly roles: readonly string[];
  readonly email: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly name?: string | undefined;
  readonly signedInAs?: string | undefined;
  readonly problem?: PageProblem | undefined;
}

const wrong = (problem: PageProblem | undefined, name: string): { error: string } | Record<string, never> =>
  problem?.field === name ? { error: problem.message } : {};

export const PASSWORD_HINT = 'At least 12 characters. A few words that have nothing to do with each other are good.';

/** `22 November 2026, 14:05 UTC`. */
function exact(ms: number): string {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(ms);
  return `${text.replace(' at ', ', ')} UTC`;
}

export function invitationPageView(view: InvitationPageView): string {
  return layout({
    title: `Join ${view.organization}`,
    body: markup`<h1>Join ${view.organization}</h1>
<p class="lead"><strong>${view.inviter}</strong> invites you. Choose a password to begin.</p>
${
  view.signedInAs !== undefined &&
  notice('info', markup`<p>You are signed in as ${view.signedInAs}. Accepting signs that account out here.</p>`)
}${problemNotice(view.problem)}
<dl class="facts">
<div><dt>Your e-mail address</dt><dd>${view.email}</dd></div>
<div><dt>Your role</dt><dd>${view.roles.join(', ')}</dd></div>
<div><dt>Open until</dt><dd><time datetime="${new Date(view.expiresAt).toISOString()}">${exact(view.expiresAt)}</time></dd></div>
</dl>
${form({
  action: view.action,
  token: view.token,
  submit: 'Accept and sign in',
  busy: 'Joining…',
  body: [
    markup`<input type="text" hidden readonly name="username" autocomplete="username" value="${view.email}">`,
    field({
      name: 'name',
      label: 'Your name',
      autocomplete: 'name',
      value: view.name,
      hint: 'As colleagues see it.',
      ...wrong(view.problem, 'name'),
    }),
    field({
      name: 'password',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      look: 'new-password',
      hint: PASSWORD_HINT,
      ...wrong(view.problem, 'password'),
    }),
  ],
})}`,
  });
}

export function closedInvitationView(message: string): string {
  return layout({
    title: 'This invitation is closed',
    body: markup`<h1>This invitation is closed</h1>
${notice('warning', markup`<p>${message}</p>`)}
<div class="stack"><a class="button" href="/sign-in">Sign in</a></div>
<p class="foot">An invitation works once, for 72 hours. Whoever invited you can send another from the team page.</p>`,
  });
}
