import { Injectable } from '@nestjs/common';
import type { PageRequest, Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { actAs, browserFrom } from '../sessions/browser';
import { LivingSessions, SessionPrincipal } from '../sessions/session-principal';
import { FinishSetup } from '../setup/finish-setup';
import { SetupState } from '../setup/setup-state';
import type { SetupStep, StepContext } from '../setup/setup-step';
import { SetupSteps } from '../setup/setup-steps';
import { FormTokens } from './form-tokens';
import { goTo, pageAnswer, STALE_FORM, type PageProblem } from './page-answer';
import { closedSetup, placeOf } from './setup-pages';
import { finishView, shownOnceView, stepView } from './setup-views';

/** Who may take the steps: a signed-in super admin, while set-up is open. */
@Injectable()
export class SetupVisitor {
  constructor(
    private readonly living: LivingSessions,
    private readonly principals: SessionPrincipal,
    private readonly state: SetupState,
  ) {}

  /** What a step gets, or the answer for whoever gets none. */
  async admit(page: PageRequest): Promise<{ readonly context: StepContext } | { readonly answer: Reply }> {
    const phase = await this.state.phase(null);
    if (phase === 'closed') return { answer: closedSetup(new DomainError('setup_closed')) };
    if (phase !== 'steps') return { answer: goTo('/setup') };
    const found = await this.living.find(browserFrom(page.headers.cookie).sessionToken);
    if (found === null) return { answer: goTo('/sign-in') };
    const caller = actAs(await this.principals.of(found));
    if (!caller.roles.includes('super_admin')) return { answer: goTo('/') };
    return { context: { caller, host: page.headers.host?.slice(0, 255) ?? null } };
  }
}

/** `/setup/{step}` and `/setup/finish`. */
@Injectable()
export class SetupStepPages {
  constructor(
    private readonly visitor: SetupVisitor,
    private readonly steps: SetupSteps,
    private readonly finish: FinishSetup,
    private readonly tokens: FormTokens,
  ) {}

  async show(page: PageRequest): Promise<Reply> {
    const admitted = await this.visitor.admit(page);
    if ('answer' in admitted) return admitted.answer;
    if (page.params['step'] === 'finish') return this.last(page, 200);
    return this.render(page, this.stepOf(page), admitted.context, 200);
  }

  async submit(page: PageRequest): Promise<Reply> {
    const admitted = await this.visitor.admit(page);
    if ('answer' in admitted) return admitted.answer;
    const { context } = admitted;
    const fields = page.form();
    const genuine = this.tokens.matches(page, fields);
    if (page.params['step'] === 'finish') {
      if (!genuine) return this.last(page, 403);
      await this.finish.execute(context.caller);
      return goTo('/');
    }
    const step = this.stepOf(page);
    if (!genuine) return this.render(page, step, context, 403, STALE_FORM);
    const outcome = await step.submit(context, fields);
    const next = this.steps.after(step.key);
    if (outcome.kind === 'next') return goTo(next);
    if (outcome.kind === 'show') {
      const { heading, body } = outcome;
      return pageAnswer(200, shownOnceView({ place: placeOf(this.steps, step.key), heading, body, next }));
    }
    const { status, message, field } = outcome;
    const problem = { status, code: 'validation_failed', message, field, retryAfter: undefined };
    return this.render(page, step, context, status, problem);
  }

  private stepOf(page: PageRequest): SetupStep {
    const step = this.steps.find(page.params['step'] ?? '');
    if (step === null) throw new DomainError('route_not_found');
    return step;
  }

  private async render(
    page: PageRequest,
    step: SetupStep,
    context: StepContext,
    status: number,
    problem?: PageProblem,
  ): Promise<Reply> {
    const { token, cookies } = this.tokens.issue(page);
    const typed = status === 200 ? { kind: page.query['kind'] ?? '' } : page.form();
    const fault = problem === undefined ? null : { message: problem.message, field: problem.field };
    const text = stepView({
      place: placeOf(this.steps, step.key),
      token,
      action: `/setup/${step.key}`,
      next: this.steps.after(step.key),
      step: await step.view(context, typed, fault),
      problem,
    });
    return pageAnswer(status, text, { cookies });
  }

  private last(page: PageRequest, status: number): Reply {
    const { token, cookies } = this.tokens.issue(page);
    return pageAnswer(status, finishView({ place: placeOf(this.steps, 'finish'), token }), { cookies });
  }
}
