import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Copy } from '../display/copy';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';
import type { Problem } from '../problem';

/**
 * What a failed panel says instead of its content: what happened, what to do, the request id, and a retry. Lost
 * permission and “no such thing” are told apart from failure.
 */
@Component({
  selector: 'tg-failed',
  imports: [Copy, Icon, MatButton],
  host: { role: 'alert' },
  template: `
    <tg-icon class="mark" [name]="says().icon" [attr.data-tone]="says().tone" />
    <div class="body">
      <h3>{{ says().title }}</h3>
      <p>{{ says().text }}</p>
      @if (problem().requestId; as id) {
        <p class="request">
          Request <code>{{ id }}</code><tg-copy [text]="id" label="Copy the request id" />
        </p>
      }
    </div>
    @if (says().retry) {
      <button matButton="outlined" type="button" (click)="retry.emit()">
        <tg-icon matButtonIcon name="refresh" />Try again
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: var(--tg-space-3);
      padding: var(--tg-space-5);
    }
    .mark {
      color: var(--mat-sys-error);
      margin-block-start: 2px;
    }
    .mark[data-tone='calm'] {
      color: var(--mat-sys-on-surface-variant);
    }
    .body {
      flex: 1 1 18rem;
      display: grid;
      gap: 2px;
    }
    p {
      color: var(--mat-sys-on-surface-variant);
      max-inline-size: 68ch;
    }
    .request {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
    }
  `,
})
export class Failed {
  readonly problem = input.required<Problem>();
  /** “these applications”: completes “You may not see …” and “… could not be loaded”. */
  readonly what = input('this');
  readonly retry = output<void>();

  protected readonly says = computed(() => {
    const problem = this.problem();
    const calm = (icon: IconName, title: string, text: string) => ({ icon, title, text, retry: false, tone: 'calm' });
    const loud = (title: string, text: string) => ({
      icon: 'error' as IconName,
      title,
      text,
      retry: true,
      tone: 'loud',
    });
    if (problem.isOffline) {
      return {
        ...loud('No connection', 'The server cannot be reached. What you typed is kept.'),
        icon: 'wifi_off' as IconName,
      };
    }
    if (problem.isForbidden) {
      return calm(
        'lock',
        `You may not see ${this.what()}`,
        `${problem.title}. An owner or admin can change your role.`,
      );
    }
    if (problem.isNotFound) return calm('search', 'Not found', problem.title);
    if (problem.status === 429) {
      const wait = problem.retryAfter ? ` Try again in ${problem.retryAfter} seconds.` : '';
      return loud('Too many requests', problem.title + wait);
    }
    const subject = this.what() === 'this' ? 'This part' : this.what().charAt(0).toUpperCase() + this.what().slice(1);
    return loud(`${subject} could not be loaded`, problem.detail ?? problem.title);
  });
}
