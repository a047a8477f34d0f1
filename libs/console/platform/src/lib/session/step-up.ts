import { HttpClient, HttpContext } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { QUIET } from '../api/http-context';
import { Session } from './session';

/** The allowance for the way to the server: a proof that ends within it is not relied on. */
const MARGIN_MS = 5000;

/** Proves again that it is you, for acts that need a sign-in younger than ten minutes. */
@Service()
export class StepUp {
  private readonly session = inject(Session);
  private readonly http = inject(HttpClient);
  private readonly dialog = inject(MatDialog);
  private pending: Promise<boolean> | null = null;

  /** True at once when the proof is fresh; else asks. Several callers at once share one dialog. */
  async ensure(): Promise<boolean> {
    const until = this.session.view()?.assurance.step_up_until;
    if (until && Date.parse(until) - Date.now() > MARGIN_MS) return true;
    return this.prove();
  }

  /** Asks, whatever the console believes: the server said that the proof is too old. */
  prove(): Promise<boolean> {
    this.pending ??= this.ask().finally(() => (this.pending = null));
    return this.pending;
  }

  /** Sends the proof; throws the Problem of a wrong one. */
  async send(proof: { password: string } | { code: string }): Promise<void> {
    await firstValueFrom(this.http.post('/v1/session/step-up', proof, { context: new HttpContext().set(QUIET, true) }));
    await this.session.load();
  }

  private async ask(): Promise<boolean> {
    const { StepUpDialog } = await import('./step-up-dialog');
    const opened = this.dialog.open<InstanceType<typeof StepUpDialog>, never, boolean>(StepUpDialog, {
      width: '28rem',
      maxWidth: '92vw',
      restoreFocus: true,
    });
    return (await firstValueFrom(opened.afterClosed())) === true;
  }
}
