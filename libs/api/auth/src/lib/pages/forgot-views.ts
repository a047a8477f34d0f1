import { field, form, notice } from './form-parts';
import { PASSWORD_HINT } from './invite-views';
import { layout } from './layout';
import { markup } from './markup';
import type { PageProblem } from './page-answer';
import { problemNotice } from './sign-in-views';

export interface ForgotView {
  readonly token: string;
  readonly identifier?: string | undefined;
  readonly problem?: PageProblem | undefined;
}

const wrong = (problem: PageProblem | undefined, name: string): { error: string } | Record<string, never> =>
  problem?.field === name ? { error: problem.message } : {};

const BACK = markup`<p class="foot"><a href="/sign-in">Back to sign-in</a></p>`;

export function forgotView(view: ForgotView): string {
  return layout({
    title: 'Set a new password',
    body: markup`<h1>Set a new password</h1>
<p class="lead">Type the e-mail address that you sign in with. We send a link to it.</p>
${problemNotice(view.problem)}
${form({
  action: '/forgot',
  token: view.token,
  submit: 'Send the link',
  busy: 'Sending…',
  body: field({
    name: 'identifier',
    label: 'E-mail address',
    type: 'text',
    inputmode: 'email',
    autocomplete: 'username',
    value: view.identifier,
    ...wrong(view.problem, 'identifier'),
  }),
})}
${BACK}`,
  });
}

/** The same for everybody, so it promises nothing. */
export function askedView(minutes: number): string {
  return layout({
    title: 'Look into your mailbox',
    body: markup`<h1>Look into your mailbox</h1>
${notice('info', markup`<p>If somebody signs in here with that address, a link is on its way to it.</p>`)}
<p class="foot">It works once, for ${minutes} minutes. Nothing came? Look among the unwanted mails, or ask an owner of your organization.</p>
${BACK}`,
  });
}

export interface ResetView {
  readonly token: string;
  readonly action: string;
  readonly email: string;
  readonly problem?: PageProblem | undefined;
}

export function resetView(view: ResetView): string {
  return layout({
    title: 'Choose a new password',
    body: markup`<h1>Choose a new password</h1>
<p class="lead">For <strong>${view.email}</strong>. Every session of yours ends, on every device.</p>
${problemNotice(view.problem)}
${form({
  action: view.action,
  token: view.token,
  submit: 'Set the password',
  busy: 'Setting…',
  body: [
    markup`<input type="text" hidden readonly name="username" autocomplete="username" value="${view.email}">`,
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

export function closedResetView(message: string): string {
  return layout({
    title: 'This link does not work any more',
    body: markup`<h1>This link does not work any more</h1>
${notice('warning', markup`<p>${message}</p>`)}
<div class="stack"><a class="button" href="/forgot">Ask for another link</a></div>
${BACK}`,
  });
}
