import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Session, signInUrl } from '@tollgate/console/platform';
import { Icon } from '@tollgate/console/ui';

/**
 * Over the page when the session ended: nothing typed is lost. Somebody signs in in another tab and comes back; the
 * calls that were waiting then go on.
 */
@Component({
  selector: 'tg-lost-session',
  imports: [CdkTrapFocus, Icon, MatButton],
  host: { '(window:focus)': 'look(false)', '(document:visibilitychange)': 'look(false)' },
  template: `
    <div class="scrim"></div>
    <div
      class="box"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="tg-lost"
      aria-describedby="tg-lost-text"
      cdkTrapFocus
      [cdkTrapFocusAutoCapture]="true"
    >
      <tg-icon name="lock" />
      <h2 id="tg-lost">Your session has ended</h2>
      <p id="tg-lost-text">
        Everything on this page is kept. Sign in again in a new tab, then come back here: what was under way goes on.
      </p>
      <p class="answer" role="status">{{ answer() }}</p>
      <div class="acts">
        <a matButton="filled" [href]="signIn" target="_blank" rel="opener">Sign in again</a>
        <button matButton="outlined" type="button" (click)="look(true)">I have signed in</button>
      </div>
    </div>
  `,
  styles: `
    .scrim {
      position: fixed;
      inset: 0;
      z-index: 1200;
      background: color-mix(in srgb, var(--mat-sys-scrim) 55%, transparent);
    }
    .box {
      position: fixed;
      inset-block-start: 16vh;
      inset-inline: 0;
      z-index: 1201;
      display: grid;
      gap: var(--tg-space-2);
      inline-size: min(28rem, 92vw);
      margin-inline: auto;
      padding: var(--tg-space-6);
      border-radius: 12px;
      background: var(--tg-raised);
    }
    .answer {
      min-block-size: 20px;
      color: var(--mat-sys-error);
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--tg-space-2);
    }
  `,
})
export class LostSession {
  private readonly session = inject(Session);
  protected readonly signIn = signInUrl();
  protected readonly answer = signal('');

  protected async look(asked: boolean): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    const back = await this.session.resume();
    if (!back && asked) this.answer.set('Nobody is signed in yet.');
  }
}
