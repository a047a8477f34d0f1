import { Service, signal } from '@angular/core';
import { toProblem } from '@tollgate/console/ui';
import type { Problem } from '@tollgate/console/ui';

/** How the start went: leaving for the sign-in page, or failed because the server did not answer. */
@Service()
export class StartUp {
  private readonly state = signal<'ready' | 'leaving' | Problem>('ready');
  readonly outcome = this.state.asReadonly();

  leaving(): void {
    this.state.set('leaving');
  }

  failed(failure: unknown): void {
    this.state.set(toProblem(failure));
  }
}
