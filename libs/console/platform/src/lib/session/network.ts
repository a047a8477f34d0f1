import { DestroyRef, Service, inject, signal } from '@angular/core';

const LOOK_AGAIN_MS = 5000;

/** Whether the server can be reached. A failed call says no; then `/healthz` is asked until it answers. */
@Service()
export class Network {
  private readonly lost = signal(false);
  readonly offline = this.lost.asReadonly();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    const offline = () => this.note(false);
    const online = () => void this.look();
    window.addEventListener('offline', offline);
    window.addEventListener('online', online);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(this.timer);
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
    });
  }

  /** What a call found out. */
  note(reached: boolean): void {
    if (reached !== this.lost()) return;
    this.lost.set(!reached);
    clearInterval(this.timer);
    if (!reached) this.timer = setInterval(() => void this.look(), LOOK_AGAIN_MS);
  }

  /** Asks now. */
  async look(): Promise<void> {
    const reached = await fetch('/healthz', { cache: 'no-store' }).then(
      () => true,
      () => false,
    );
    this.note(reached);
  }
}
