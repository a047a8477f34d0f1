import { field, form, notice } from './form-parts';
import { layout } from './layout';
import { markup, type Value } from './markup';
import type { PageProblem } from './page-answer';

export interface SignInView {
  readonly token: string;
  readonly returnTo: string;
  readonly identifier?: string | undefined;
  readonly organization?: string | undefined;
  readonly problem?: PageProblem | undefined;
  readonly notice?: Value;
}

/** Where the console's own help stands; the same place on every page. */
const HELP = markup`<p class="foot"><a href="/forgot">Forgot your password?</a> Other trouble: ask an owner of your organization.</p>`;

export const problemNotice = (problem: PageProblem | undefined): Value =>
  problem !== undefined && problem.field === null && notice('danger', markup`<p>${problem.message}</p>`);

const wrong = (problem: PageProblem | undefined, name: string): { error: string } | Record<string, never> =>
  problem?.field === name ? { error: problem.message } : {};

export function signInView(view: SignInView): string {
  const { problem } = view;
  const named = view.organization !== undefined && view.organization !== '';
  return layout({
    title: 'Sign in',
    body: markup`<h1>Sign in</h1>
<p class="lead">With the e-mail address that you were invited with.</p>
${view.notice}${problemNotice(problem)}
${form({
  action: '/sign-in',
  token: view.token,
  submit: 'Sign in',
  busy: 'Signing in…',
  hidden: { return_to: view.returnTo },
  body: [
    field({
      name: 'identifier',
      label: 'E-mail address',
      type: 'text',
      inputmode: 'email',
      autocomplete: 'username',
      value: view.identifier,
      ...wrong(problem, 'identifier'),
    }),
    field({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      ...wrong(problem, 'password'),
    }),
    markup`<details class="more in-form"${named && markup` open`}><summary>Member of several organizations?</summary>
${field({
  name: 'organization',
  label: 'Organization',
  value: view.organization,
  autocomplete: 'organization',
  hint: 'Its short name, as in the address of its console: acme in /o/acme.',
  optional: true,
})}</details>`,
  ],
})}
${HELP}`,
  });
}

export interface CodeView {
  readonly token: string;
  readonly problem?: PageProblem | undefined;
}

export function secondFactorView(view: CodeView): string {
  return layout({
    title: 'Enter your code',
    step: 'Step 2 of 2',
    body: markup`<p class="step-name">Step 2 of 2</p>
<h1>Enter your code</h1>
<p class="lead">Open your authenticator app and type the six digits that it shows for Tollgate.</p>
${problemNotice(view.problem)}
${form({
  action: '/sign-in/code',
  token: view.token,
  submit: 'Continue',
  busy: 'Checking…',
  body: field({
    name: 'code',
    label: 'Six-digit code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    look: 'code',
    ...wrong(view.problem, 'code'),
  }),
})}
<details class="more"><summary>Lost your phone? Use a recovery key</summary>
${recoveryForm(view.token)}</details>
<p class="foot"><a href="/sign-in">Sign in as somebody else</a></p>`,
  });
}

/** A form of its own: its field has another id than the code's. */
function recoveryForm(token: string): Value {
  return form({
    action: '/sign-in/code',
    token,
    submit: 'Use the recovery key',
    quiet: true,
    body: field({
      name: 'recovery_key',
      label: 'Recovery key',
      autocomplete: 'off',
      look: 'mono',
      hint: 'Such as 7Q4KX-M2P9T. Each of your ten keys works once.',
    }),
  });
}

export interface StepUpView {
  readonly token: string;
  readonly returnTo: string;
  readonly email: string;
  readonly secondFactor: boolean;
  readonly problem?: PageProblem | undefined;
}

export function stepUpView(view: StepUpView): string {
  const hidden = { return_to: view.returnTo };
  const code = form({
    action: '/sign-in/again',
    token: view.token,
    submit: 'Confirm',
    busy: 'Checking…',
    hidden,
    body: field({
      name: 'code',
      label: 'Six-digit code',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      look: 'code',
      ...wrong(view.problem, 'code'),
    }),
  });
  const password = form({
    action: '/sign-in/again',
    token: view.token,
    submit: 'Confirm',
    busy: 'Checking…',
    hidden,
    quiet: view.secondFactor,
    body: [
      markup`<input type="text" hidden readonly name="username" autocomplete="username" value="${view.email}">`,
      field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        ...wrong(view.problem, 'password'),
      }),
    ],
  });
  const open = view.problem?.field === 'password';
  return layout({
    title: 'Confirm that it is you',
    body: markup`<h1>Confirm that it is you</h1>
<p class="lead">What comes next needs a fresh proof from <strong>${view.email}</strong>. It lasts for ten minutes.</p>
${problemNotice(view.problem)}
${
  view.secondFactor
    ? markup`${code}<details class="more"${open && markup` open`}><summary>Use your password instead</summary>${password}</details>`
    : password
}
<p class="foot"><a href="${view.returnTo}">Go back</a> without confirming</p>`,
  });
}

export function signOutView(view: { readonly token: string; readonly email: string }): string {
  return layout({
    title: 'Sign out',
    body: markup`<h1>Sign out?</h1>
<p class="lead">You are signed in as <strong>${view.email}</strong>.</p>
${form({ action: '/sign-out', token: view.token, submit: 'Sign out', busy: 'Signing out…', body: null })}
<p class="foot"><a href="/">Stay signed in</a></p>`,
  });
}
