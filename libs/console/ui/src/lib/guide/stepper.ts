import {
  Component,
  computed,
  contentChildren,
  Directive,
  TemplateRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
} from '@angular/core';
import { NgTemplateOutlet } from '@angular/common';
import { MatButton } from '@angular/material/button';
import { Icon } from '../icon';

/** One step: `<ng-template tgStep="Base URL" [ready]="form.fields.base_url().valid()">…</ng-template>`. */
@Directive({ selector: 'ng-template[tgStep]' })
export class Step {
  readonly label = input.required<string>({ alias: 'tgStep' });
  /** Whether one may go on. */
  readonly ready = input(true);
  /** Run before going on; false stays. For steps that save. */
  readonly leave = input<(() => Promise<boolean>) | null>(null);
  readonly template = inject<TemplateRef<unknown>>(TemplateRef);
}

/** A wizard: where one is, back and on; what was typed in other steps stays. */
@Component({
  selector: 'tg-stepper',
  imports: [Icon, MatButton, NgTemplateOutlet],
  template: `
    <ol class="steps" [attr.aria-label]="label()">
      @for (step of steps(); track step.label(); let i = $index) {
        <li [attr.aria-current]="i === at() ? 'step' : null" [class.done]="i < at()">
          <span class="number" aria-hidden="true">
            @if (i < at()) {
              <tg-icon name="check" [small]="true" />
            } @else {
              {{ i + 1 }}
            }
          </span>
          <span class="name">{{ step.label() }}</span>
          @if (i < at()) {
            <span class="tg-visually-hidden">done</span>
          }
        </li>
      }
    </ol>
    @if (current(); as step) {
      <section
        class="body"
        [attr.aria-label]="'Step ' + (at() + 1) + ' of ' + steps().length + ': ' + step.label()"
        animate.enter="enter"
      >
        <ng-container [ngTemplateOutlet]="step.template" />
      </section>
      <div class="acts">
        @if (at() > 0) {
          <button matButton type="button" (click)="at.set(at() - 1)">Back</button>
        }
        <button matButton="filled" type="button" [attr.aria-disabled]="!step.ready() || busy()" (click)="next(step)">
          {{ at() === steps().length - 1 ? finishLabel() : 'Continue' }}
        </button>
      </div>
      <p class="missing" role="status">{{ complaint() }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-5);
      max-inline-size: 760px;
    }
    .steps {
      display: flex;
      flex-wrap: wrap;
      gap: var(--tg-space-2) var(--tg-space-5);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
      color: var(--mat-sys-on-surface-variant);
    }
    .number {
      display: grid;
      place-items: center;
      inline-size: 26px;
      block-size: 26px;
      border-radius: 50%;
      border: 1.5px solid var(--mat-sys-outline);
      font: var(--mat-sys-label-medium);
    }
    [aria-current] {
      color: var(--mat-sys-on-surface);
      font-weight: 600;
    }
    [aria-current] .number {
      border-color: var(--mat-sys-primary);
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
    }
    .done .number {
      border-color: var(--mat-sys-primary);
      color: var(--mat-sys-primary);
    }
    .body {
      display: grid;
      gap: var(--tg-space-5);
    }
    .acts {
      display: flex;
      justify-content: flex-end;
      gap: var(--tg-space-2);
    }
    .missing {
      color: var(--mat-sys-error);
      text-align: end;
    }
    .missing:empty {
      display: none;
    }
    .enter {
      animation: in 200ms;
    }
    @keyframes in {
      from {
        opacity: 0;
        transform: translateX(12px);
      }
    }
    @media (max-width: 599.98px) {
      li:not([aria-current]) .name {
        position: absolute;
        clip-path: inset(50%);
      }
    }
  `,
})
export class Stepper {
  readonly label = input('Steps');
  readonly finishLabel = input('Finish');
  /** The present step, from 0. */
  readonly at = model(0);
  readonly finished = output<void>();
  protected readonly steps = contentChildren(Step);
  protected readonly current = computed(() => this.steps()[this.at()]);
  protected readonly complaint = linkedSignal<number, string>({ source: this.at, computation: () => '' });
  protected readonly busy = linkedSignal<number, boolean>({ source: this.at, computation: () => false });

  protected async next(step: Step): Promise<void> {
    if (this.busy()) return;
    if (!step.ready()) return this.complaint.set('Something on this step is not filled in yet.');
    const leave = step.leave();
    if (leave) {
      this.busy.set(true);
      const went = await leave().finally(() => this.busy.set(false));
      if (!went) return;
    }
    if (this.at() < this.steps().length - 1) this.at.set(this.at() + 1);
    else this.finished.emit();
  }
}
