import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Icon } from '../icon';

export interface ChecklistItem {
  readonly id: string;
  readonly label: string;
  readonly text?: string;
  readonly done: boolean;
  readonly link?: string;
  readonly act?: string;
}

/** First steps: how many are done, the next one first in sight, and a way to put the card away. */
@Component({
  selector: 'tg-checklist',
  imports: [Icon, MatButton, MatIconButton, RouterLink],
  template: `
    <section class="tg-card" [attr.aria-label]="title()">
      <header>
        <div class="what">
          <h2>{{ title() }}</h2>
          <p>{{ done() }} of {{ items().length }} completed</p>
        </div>
        @if (dismissable()) {
          <button matIconButton type="button" [attr.aria-label]="'Dismiss ' + title()" (click)="dismissed.emit()">
            <tg-icon name="close" />
          </button>
        }
      </header>
      <progress [value]="done()" [max]="items().length" [attr.aria-label]="title()"></progress>
      <ol>
        @for (item of items(); track item.id) {
          <li [class.done]="item.done">
            <tg-icon [name]="item.done ? 'check_circle' : 'circle'" [label]="item.done ? 'Done' : 'To do'" />
            <div class="words">
              <span class="label">{{ item.label }}</span>
              @if (item.text && !item.done) {
                <span class="text">{{ item.text }}</span>
              }
            </div>
            @if (!item.done && item.link) {
              <a [matButton]="item.id === next() ? 'filled' : 'text'" [routerLink]="item.link">{{
                item.act ?? 'Start'
              }}</a>
            }
          </li>
        }
      </ol>
    </section>
  `,
  styles: `
    section {
      display: grid;
      gap: var(--tg-space-3);
    }
    header {
      display: flex;
      justify-content: space-between;
    }
    header p,
    .text {
      color: var(--mat-sys-on-surface-variant);
    }
    progress {
      inline-size: 100%;
      block-size: 6px;
      border: 0;
      border-radius: 999px;
      overflow: hidden;
      background: var(--mat-sys-surface-container-high);
    }
    progress::-webkit-progress-bar {
      background: var(--mat-sys-surface-container-high);
    }
    progress::-webkit-progress-value {
      background: var(--mat-sys-primary);
    }
    progress::-moz-progress-bar {
      background: var(--mat-sys-primary);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--tg-space-3);
      min-block-size: 52px;
      padding-block: var(--tg-space-1);
    }
    li + li {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    li tg-icon {
      color: var(--mat-sys-on-surface-variant);
    }
    li.done tg-icon {
      color: light-dark(#0b5d2b, #8fdba6);
    }
    .words {
      flex: 1;
      display: grid;
    }
    .label {
      font-weight: 550;
    }
    .done .label {
      font-weight: 400;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class Checklist {
  readonly title = input.required<string>();
  readonly items = input.required<readonly ChecklistItem[]>();
  readonly dismissable = input(true);
  readonly dismissed = output<void>();
  protected readonly done = computed(() => this.items().filter((item) => item.done).length);
  protected readonly next = computed(() => this.items().find((item) => !item.done)?.id);
}
