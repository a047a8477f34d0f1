import { Component, DestroyRef, InjectionToken, computed, inject, input, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../icon';

/** Writing to the clipboard; replaced in specs. */
export const CLIPBOARD = new InjectionToken<(text: string) => Promise<void>>('clipboard', {
  providedIn: 'root',
  factory: () => (text: string) => navigator.clipboard.writeText(text),
});

/** A button that copies a text and says so. */
@Component({
  selector: 'tg-copy',
  imports: [Icon, MatIconButton, MatTooltip],
  template: `
    <button
      matIconButton
      type="button"
      class="copy"
      [attr.aria-label]="label()"
      [matTooltip]="hint()"
      (click)="copy($event)"
    >
      <tg-icon [name]="state() === 'done' ? 'check' : state() === 'failed' ? 'error' : 'content_copy'" [small]="true" />
    </button>
    <span class="tg-visually-hidden" role="status">{{ said() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    .copy {
      --mat-icon-button-state-layer-size: 28px;
      inline-size: 28px;
      block-size: 28px;
      padding: 6px;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class Copy {
  readonly text = input.required<string>();
  /** Names the thing: “Copy application id”. */
  readonly label = input('Copy');
  private readonly write = inject(CLIPBOARD);
  protected readonly state = signal<'idle' | 'done' | 'failed'>('idle');
  protected readonly said = computed(() => ({ idle: '', done: 'Copied', failed: 'Copying failed' })[this.state()]);
  protected readonly hint = computed(() => this.said() || this.label());
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async copy(event: Event): Promise<void> {
    event.stopPropagation();
    await this.write(this.text()).then(
      () => this.state.set('done'),
      () => this.state.set('failed'),
    );
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.state.set('idle'), 2000);
  }
}

/** An id in mono type, shortened in the middle, with a copy button. */
@Component({
  selector: 'tg-id',
  imports: [Copy],
  template: `<code [attr.title]="value()">{{ shown() }}</code
    ><tg-copy [text]="value()" [label]="'Copy ' + value()" />`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 2px;
      white-space: nowrap;
    }
  `,
})
export class Id {
  readonly value = input.required<string>();
  readonly full = input(false);
  protected readonly shown = computed(() => {
    const id = this.value();
    return this.full() || id.length <= 18 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
  });
}
