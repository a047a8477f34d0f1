import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { StatusChip } from '../display/status-chip';
import { Time } from '../display/time';
import type { Tone } from '../display/status-map';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';

export interface TimelineEvent {
  readonly id: string;
  readonly at: string | number;
  readonly title: string;
  readonly text?: string | undefined;
  readonly icon: IconName;
  readonly tone?: Tone | undefined;
  /** A status of the API, shown as a chip. */
  readonly status?: string | undefined;
  /** Names and values: “Provider” “twilio”. */
  readonly facts?: readonly (readonly [string, string])[] | undefined;
  readonly link?: string | undefined;
}

/** What happened, one event under another. */
@Component({
  selector: 'tg-timeline',
  imports: [Icon, RouterLink, StatusChip, Time],
  template: `
    <ol [attr.aria-label]="label()">
      @for (event of events(); track event.id) {
        <li>
          <span class="mark" [attr.data-tone]="event.tone ?? 'neutral'"
            ><tg-icon [name]="event.icon" [small]="true"
          /></span>
          <div class="body">
            <div class="line">
              @if (event.link) {
                <a class="title" [routerLink]="event.link">{{ event.title }}</a>
              } @else {
                <span class="title">{{ event.title }}</span>
              }
              @if (event.status) {
                <tg-status [value]="event.status" />
              }
              <tg-time class="when" [value]="event.at" [mode]="mode()" />
            </div>
            @if (event.text) {
              <p>{{ event.text }}</p>
            }
            @if (event.facts?.length) {
              <dl>
                @for (fact of event.facts; track fact[0]) {
                  <div>
                    <dt>{{ fact[0] }}</dt>
                    <dd>{{ fact[1] }}</dd>
                  </div>
                }
              </dl>
            }
          </div>
        </li>
      } @empty {
        <li class="none">Nothing happened yet</li>
      }
    </ol>
  `,
  styles: `
    li {
      position: relative;
      display: grid;
      grid-template-columns: 28px minmax(0, 1fr);
      gap: var(--tg-space-3);
      padding-block-end: var(--tg-space-5);
    }
    li:not(:last-child)::before {
      content: '';
      position: absolute;
      inset-block: 28px 0;
      inset-inline-start: 13px;
      inline-size: 2px;
      background: var(--mat-sys-outline-variant);
    }
    .mark {
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      border-radius: 50%;
      color: var(--tg-neutral);
      background: var(--tg-neutral-bg);
    }
    .mark[data-tone='success'] {
      color: var(--tg-success);
      background: var(--tg-success-bg);
    }
    .mark[data-tone='warning'] {
      color: var(--tg-warning);
      background: var(--tg-warning-bg);
    }
    .mark[data-tone='danger'] {
      color: var(--tg-danger);
      background: var(--tg-danger-bg);
    }
    .mark[data-tone='info'] {
      color: var(--tg-info);
      background: var(--tg-info-bg);
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px var(--tg-space-2);
      min-block-size: 28px;
    }
    .title {
      font-weight: 550;
    }
    .when {
      margin-inline-start: auto;
      font: var(--mat-sys-body-small);
    }
    p,
    .when,
    dt,
    .none {
      color: var(--mat-sys-on-surface-variant);
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 2px var(--tg-space-4);
      font: var(--mat-sys-body-small);
    }
    dl > div {
      display: flex;
      gap: 4px;
      min-inline-size: 0;
    }
    dd {
      overflow-wrap: anywhere;
    }
  `,
})
export class Timeline {
  readonly label = input('What happened');
  readonly events = input.required<readonly TimelineEvent[]>();
  readonly mode = input<'absolute' | 'relative'>('absolute');
}
