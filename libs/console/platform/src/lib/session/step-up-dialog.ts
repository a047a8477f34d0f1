import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import { toProblem } from '@tollgate/console/ui';
import { Session } from './session';
import { StepUp } from './step-up';

/** Asks for the password or a code of the authenticator; opened by `StepUp`. */
@Component({
  selector: 'tg-step-up-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <form (submit)="prove($event, proof.value)">
      <h2 mat-dialog-title>Confirm that it is you</h2>
      <mat-dialog-content>
        <p>This needs a sign-in younger than ten minutes. What you were doing goes on afterwards.</p>
        <label for="tg-step-up">{{
          byCode() ? 'Code of your authenticator, or a recovery key' : 'Your password'
        }}</label>
        <input
          #proof
          id="tg-step-up"
          required
          cdkFocusInitial
          [type]="byCode() ? 'text' : 'password'"
          [attr.inputmode]="byCode() ? 'numeric' : null"
          [attr.autocomplete]="byCode() ? 'one-time-code' : 'current-password'"
          [attr.aria-invalid]="failure() !== ''"
          aria-describedby="tg-step-up-error"
        />
        <p class="error" id="tg-step-up-error" role="alert">{{ failure() }}</p>
        @if (session.user()?.second_factor) {
          <button matButton type="button" (click)="switch()">
            {{ byCode() ? 'Use your password instead' : 'Use your authenticator instead' }}
          </button>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" (click)="ref.close(false)">Cancel</button>
        <button matButton="filled" type="submit" [attr.aria-disabled]="busy()">Confirm</button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: var(--tg-space-2);
      justify-items: start;
    }
    label {
      font: var(--mat-sys-title-small);
    }
    input {
      inline-size: 100%;
      block-size: var(--tg-control);
      padding-inline: 12px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--tg-raised);
    }
    .error {
      min-block-size: 20px;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class StepUpDialog {
  protected readonly ref = inject<MatDialogRef<StepUpDialog, boolean>>(MatDialogRef);
  protected readonly session = inject(Session);
  private readonly stepUp = inject(StepUp);
  protected readonly byCode = signal(false);
  protected readonly busy = signal(false);
  protected readonly failure = signal('');

  protected switch(): void {
    this.byCode.update((byCode) => !byCode);
    this.failure.set('');
  }

  protected async prove(event: Event, proof: string): Promise<void> {
    event.preventDefault();
    if (!proof || this.busy()) return;
    this.busy.set(true);
    try {
      await this.stepUp.send(this.byCode() ? { code: proof } : { password: proof });
      this.ref.close(true);
    } catch (failure) {
      this.failure.set(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
