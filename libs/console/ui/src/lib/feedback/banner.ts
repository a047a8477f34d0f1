import { Component, input } from '@angular/core';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';
import type { Tone } from '../display/status-map';

/** A line of text across a page or panel that somebody must know: why a form is read-only, that a preview is on. */
@Component({
  selector: 'tg-banner',
  imports: [Icon],
  host: { role: 'status', '[attr.data-tone]': 'tone()' },
  template: `
    <tg-icon [name]="icon()" />
    <div class="text"><ng-content /></div>
    <div class="acts"><ng-content select="[tgBannerAct]" /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--tg-space-2) var(--tg-space-3);
      padding: var(--tg-space-2) var(--tg-space-4);
      border-radius: 10px;
      color: var(--tg-neutral);
      background: color-mix(in srgb, var(--tg-neutral-bg) 55%, var(--tg-raised));
    }
    :host([data-tone='success']) {
      color: var(--tg-success);
      background: color-mix(in srgb, var(--tg-success-bg) 55%, var(--tg-raised));
    }
    :host([data-tone='warning']) {
      color: var(--tg-warning);
      background: color-mix(in srgb, var(--tg-warning-bg) 55%, var(--tg-raised));
    }
    :host([data-tone='danger']) {
      color: var(--tg-danger);
      background: color-mix(in srgb, var(--tg-danger-bg) 55%, var(--tg-raised));
    }
    :host([data-tone='info']) {
      color: var(--tg-info);
      background: color-mix(in srgb, var(--tg-info-bg) 55%, var(--tg-raised));
    }
    .text {
      flex: 1 1 min(16rem, 100% - 36px);
    }
    .acts:empty {
      display: none;
    }
  `,
})
export class Banner {
  readonly tone = input<Tone>('info');
  readonly icon = input<IconName>('info');
}
