import { Component, input, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../icon';
import { toProblem } from '../problem';

/**
 * A masked phone number or mailbox. With `reveal`, a button shows the whole of it: the server audits each reveal, so
 * the value is asked for once, kept only in this component, and hidden again with it.
 */
@Component({
  selector: 'tg-masked',
  imports: [Icon, MatIconButton, MatTooltip],
  template: `
    <span class="tg-number value">{{ shown() ?? value() }}</span>
    @if (reveal()) {
      <button
        matIconButton
        type="button"
        [attr.aria-label]="(shown() ? 'Hide ' : 'Reveal ') + value()"
        [attr.aria-pressed]="shown() !== null"
        [matTooltip]="failure() || (shown() ? 'Hide' : 'Reveal. This is written to the audit log')"
        [disabled]="busy()"
        disabledInteractive
        (click)="toggle($event)"
      >
        <tg-icon [name]="failure() ? 'error' : shown() ? 'visibility_off' : 'visibility'" [small]="true" />
      </button>
      <span class="tg-visually-hidden" role="status">{{ failure() }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 2px;
    }
    .value {
      white-space: nowrap;
    }
    button {
      --mat-icon-button-state-layer-size: 28px;
      inline-size: 28px;
      block-size: 28px;
      padding: 6px;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class Masked {
  readonly value = input.required<string>();
  readonly reveal = input<(() => Promise<string>) | null>(null);
  protected readonly shown = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly failure = signal('');

  protected async toggle(event: Event): Promise<void> {
    event.stopPropagation();
    const reveal = this.reveal();
    if (this.shown() !== null || !reveal) return this.shown.set(null);
    this.busy.set(true);
    this.failure.set('');
    try {
      this.shown.set(await reveal());
    } catch (failure) {
      this.failure.set(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
