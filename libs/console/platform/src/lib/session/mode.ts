import { Service, signal } from '@angular/core';

const KEY = 'tollgate.mode';

/** Whether lists and metrics show live or test traffic; kept for this tab. */
@Service()
export class Mode {
  private readonly on = signal(read());
  readonly test = this.on.asReadonly();

  choose(test: boolean): void {
    this.on.set(test);
    try {
      sessionStorage.setItem(KEY, test ? 'test' : 'live');
    } catch {
      // Nothing is kept; the choice lasts until the page is closed.
    }
  }
}

function read(): boolean {
  try {
    return sessionStorage.getItem(KEY) === 'test';
  } catch {
    return false;
  }
}
