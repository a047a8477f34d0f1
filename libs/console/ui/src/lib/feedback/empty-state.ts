import { Component, input } from '@angular/core';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';

/** Nothing here, said usefully: what this is, why it matters, and (projected) the one act that starts it. */
@Component({
  selector: 'tg-empty-state',
  imports: [Icon],
  template: `
    <span class="mark"><tg-icon [name]="icon()" /></span>
    <h3>{{ title() }}</h3>
    @if (text()) {
      <p>{{ text() }}</p>
    }
    <div class="acts"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: var(--tg-space-2);
      padding: var(--tg-space-12) var(--tg-space-4);
      text-align: center;
    }
    .mark {
      display: grid;
      place-items: center;
      inline-size: 44px;
      block-size: 44px;
      margin-block-end: var(--tg-space-1);
      border-radius: 12px;
      color: var(--mat-sys-on-surface-variant);
      background: var(--mat-sys-surface-container);
    }
    p {
      max-inline-size: 46ch;
      color: var(--mat-sys-on-surface-variant);
      text-wrap: pretty;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--tg-space-2);
      margin-block-start: var(--tg-space-2);
    }
    .acts:empty {
      display: none;
    }
  `,
})
export class EmptyState {
  readonly icon = input<IconName>('inbox');
  readonly title = input.required<string>();
  readonly text = input('');
}
