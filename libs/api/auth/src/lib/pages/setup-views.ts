import type { StepView } from '../setup/setup-step';
import { CHECK, field, form } from './form-parts';
import { PASSWORD_HINT } from './invite-views';
import { layout } from './layout';
import { attribute, markup, type Value } from './markup';
import type { PageProblem } from './page-answer';
import { problemNotice } from './sign-in-views';

export interface WizardPlace {
  /** Titles of all steps, in order. */
  readonly titles: readonly string[];
  /** Where we are, from 0. */
  readonly at: number;
}

const wrong = (problem: PageProblem | undefined, name: string): { error: string } | Record<string, never> =>
  problem?.field === name ? { error: problem.message } : {};

function steps({ titles, at }: WizardPlace): Value {
  const item = (title: string, i: number) =>
    markup`<li${i < at && attribute('class', 'done')}${i === at && attribute('aria-current', 'step')}><span class="dot" aria-hidden="true">${
      i < at ? CHECK : i + 1
    }</span>${title}</li>`;
  return markup`<div class="wizard"><p class="wizard-title">Set up Tollgate</p><ol class="steps">${titles.map(item)}</ol></div>`;
}

function wizard(place: WizardPlace, heading: string, body: Value): string {
  const step = `Step ${place.at + 1} of ${place.titles.length}`;
  return layout({
    title: heading,
    step,
    wide: true,
    aside: steps(place),
    body: markup`<p class="step-name">${step}</p>
<h1>${heading}</h1>
${body}`,
  });
}

export function setupTokenView(view: { place: WizardPlace; token: string; problem?: PageProblem | undefined }): string {
  return wizard(
    view.place,
    'Welcome to Tollgate',
    markup`<p class="lead">The server printed a set-up token when it started. It proves that this is your installation, and works once.</p>
${problemNotice(view.problem)}
${form({
  action: '/setup',
  token: view.token,
  submit: 'Begin',
  busy: 'Checking…',
  body: field({
    name: 'token',
    label: 'Set-up token',
    autocomplete: 'off',
    look: 'mono',
    hint: 'Lost it? Restart the server, and it prints another.',
    ...wrong(view.problem, 'token'),
  }),
})}`,
  );
}

export interface AdministratorView {
  readonly place: WizardPlace;
  readonly token: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly problem?: PageProblem | undefined;
}

export function administratorView(view: AdministratorView): string {
  return wizard(
    view.place,
    'Who runs this installation?',
    markup`<p class="lead">The first super admin. More can be invited afterwards; the last one always stays.</p>
${problemNotice(view.problem)}
${form({
  action: '/setup/administrator',
  token: view.token,
  submit: 'Create and sign in',
  busy: 'Creating…',
  body: [
    field({ name: 'name', label: 'Your name', autocomplete: 'name', value: view.name, ...wrong(view.problem, 'name') }),
    field({
      name: 'email',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'username',
      value: view.email,
      hint: 'You sign in with it.',
      ...wrong(view.problem, 'email'),
    }),
    field({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'new-password',
      look: 'new-password',
      hint: PASSWORD_HINT,
      ...wrong(view.problem, 'password'),
    }),
  ],
})}`,
  );
}

export function stepView(view: {
  readonly place: WizardPlace;
  readonly token: string;
  readonly action: string;
  readonly next: string;
  readonly step: StepView;
  readonly problem?: PageProblem | undefined;
}): string {
  const { step } = view;
  return wizard(
    view.place,
    step.heading,
    markup`<p class="lead">${step.lead}</p>
${problemNotice(view.problem)}
${form({ action: view.action, token: view.token, submit: step.submit, busy: 'Working…', body: step.body })}
${step.skip !== undefined && markup`<div class="stack"><a class="button button-quiet" href="${view.next}">${step.skip}</a></div>`}`,
  );
}

export function shownOnceView(view: {
  readonly place: WizardPlace;
  readonly heading: string;
  readonly body: Value;
  readonly next: string;
}): string {
  return wizard(
    view.place,
    view.heading,
    markup`${view.body}
<div class="stack"><a class="button" href="${view.next}">Continue</a></div>`,
  );
}

export function finishView(view: { readonly place: WizardPlace; readonly token: string }): string {
  return wizard(
    view.place,
    'Everything is ready',
    markup`<p class="lead">Finishing closes this page for good. Whatever you left out is in the console.</p>
<ul class="plain"><li>Set up an authenticator for your own account under Me, Security.</li>
<li>Add delivery providers under System.</li>
<li>Grant credits to organizations before they go live.</li></ul>
${form({ action: '/setup/finish', token: view.token, submit: 'Finish and open the console', busy: 'Finishing…', body: null })}`,
  );
}

export function setupClosedView(message: string): string {
  return layout({
    title: 'Set-up is done',
    body: markup`<h1>Set-up is done</h1>
<p class="lead">${message}</p>
<div class="stack"><a class="button" href="/sign-in">Sign in</a></div>`,
  });
}
