import { Component, computed, input } from '@angular/core';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';
import { statusLook } from './status-map';
import type { Tone } from './status-map';

/** Icon, word and colour for a status of the API: never colour alone. `tone`, `label` and `icon` override the map. */
@Component({
  selector: 'tg-status',
  imports: [Icon],
  host: { class: 'tg-status', '[attr.data-tone]': 'look().tone' },
  template: `<tg-icon [name]="look().icon" [small]="true" /><span>{{ look().label }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      block-size: 24px;
      padding-inline: 6px 9px;
      border-radius: 999px;
      font: var(--mat-sys-label-medium);
      white-space: nowrap;
      color: var(--tg-neutral);
      background: var(--tg-neutral-bg);
    }
    :host([data-tone='success']) {
      color: var(--tg-success);
      background: var(--tg-success-bg);
    }
    :host([data-tone='warning']) {
      color: var(--tg-warning);
      background: var(--tg-warning-bg);
    }
    :host([data-tone='danger']) {
      color: var(--tg-danger);
      background: var(--tg-danger-bg);
    }
    :host([data-tone='info']) {
      color: var(--tg-info);
      background: var(--tg-info-bg);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid;
      }
    }
  `,
})
export class StatusChip {
  readonly value = input.required<string>();
  readonly label = input<string>();
  readonly tone = input<Tone>();
  readonly icon = input<IconName>();

  protected readonly look = computed(() => {
    const look = statusLook(this.value());
    return { label: this.label() ?? look.label, tone: this.tone() ?? look.tone, icon: this.icon() ?? look.icon };
  });
}
