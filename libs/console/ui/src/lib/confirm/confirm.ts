import { InjectionToken, Service, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { MatDialog } from '@angular/material/dialog';
import type { ConfirmDialog } from './confirm-dialog';

/**
 * The confirmation ladder. 0: do it (no call). 1: do it with undo (`Toasts.undoable`). 2: say what happens, verb
 * button. 3: type the shown name. 4: level 3, a reason, and a recent sign-in. 5: level 4 and a ten second wait.
 */
export interface Confirmation {
  readonly level: 2 | 3 | 4 | 5;
  /** “Revoke this key?” */
  readonly title: string;
  /** What happens, to how many, whether it can be reversed. */
  readonly text: string;
  /** Further consequences, one a line. */
  readonly consequences?: readonly string[];
  /** Names the act: “Revoke key”. Never OK or Yes. */
  readonly verb: string;
  readonly cancel?: string;
  /** Levels 3 to 5: what has to be typed; it is shown and can be copied. */
  readonly name?: string;
}

export interface Confirmed {
  /** Levels 4 and 5. */
  readonly reason: string;
}

/** Proves that the person at the keyboard signed in a short while ago; set by the platform. */
export const STEP_UP = new InjectionToken<() => Promise<boolean>>('step up', {
  providedIn: 'root',
  factory: () => () => Promise.resolve(true),
});

/** Asks before acts that cannot be taken back lightly. */
@Service()
export class Confirm {
  private readonly dialog = inject(MatDialog);
  private readonly stepUp = inject(STEP_UP);

  /** True when confirmed. */
  async ask(confirmation: Confirmation): Promise<boolean> {
    return (await this.forReason(confirmation)) !== null;
  }

  /** The reason that was given (levels 4 and 5), or null when it was not confirmed. */
  async forReason(confirmation: Confirmation): Promise<Confirmed | null> {
    const { ConfirmDialog } = await import('./confirm-dialog');
    const opened = this.dialog.open<ConfirmDialog, Confirmation, Confirmed>(ConfirmDialog, {
      data: confirmation,
      role: 'alertdialog',
      width: '34rem',
      maxWidth: '92vw',
      autoFocus: '[data-cancel]',
      restoreFocus: true,
    });
    const confirmed = (await firstValueFrom(opened.afterClosed())) ?? null;
    if (!confirmed || confirmation.level < 4) return confirmed;
    return (await this.stepUp()) ? confirmed : null;
  }
}
