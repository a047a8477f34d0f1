import { Component, computed, input } from '@angular/core';
import type { IconName } from './icon-names';

/** A glyph of the self-hosted sprite. Decorative unless it has a `label`. */
@Component({
  selector: 'tg-icon',
  host: { class: 'mat-icon tg-icon', '[class.tg-icon--small]': 'small()' },
  template: `
    <svg
      focusable="false"
      [attr.role]="label() ? 'img' : null"
      [attr.aria-label]="label() || null"
      [attr.aria-hidden]="label() ? null : 'true'"
    >
      <use [attr.href]="href()" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-block;
      inline-size: 1.25rem;
      block-size: 1.25rem;
      flex: none;
      line-height: 0;
    }
    :host(.tg-icon--small) {
      inline-size: 1rem;
      block-size: 1rem;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  /** Spoken text; without it the icon is hidden from assistive technology. */
  readonly label = input('');
  readonly small = input(false);
  protected readonly href = computed(() => `/icons.svg#${this.name()}`);
}
