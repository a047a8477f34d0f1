import { Service, computed, signal } from '@angular/core';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface UndoableAct {
  /** “Application disabled”. */
  readonly text: string;
  /** Does it on the server, at once. */
  readonly run: () => Promise<unknown>;
  /** Reverses it. */
  readonly undo: () => Promise<unknown>;
  /** After either, so that the page reads again. */
  readonly settled?: () => void;
}

const PLAIN_MS = 5000;
const ACTION_MS = 8000;

/** Short messages at the lower start corner, one at a time; failures stay until dismissed. */
@Service()
export class Toasts {
  private readonly queue = signal<readonly Toast[]>([]);
  readonly current = computed(() => this.queue()[0]);
  private nextId = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;

  done(text: string, action?: Toast['action']): void {
    this.push({ id: this.nextId++, text, kind: 'done', action });
  }

  failed(text: string, action?: Toast['action']): void {
    this.push({ id: this.nextId++, text, kind: 'failed', action });
  }

  /** Level 1 of the confirmation ladder: it happens, and can be undone for eight seconds. */
  async undoable(act: UndoableAct): Promise<void> {
    const settle = () => act.settled?.();
    try {
      await act.run();
    } catch (failure) {
      this.failed(failure instanceof Error ? failure.message : 'That did not work');
      return settle();
    }
    settle();
    this.done(act.text, {
      label: 'Undo',
      run: () => {
        act
          .undo()
          .then(
            () => this.done('Undone'),
            (failure: unknown) => this.failed(failure instanceof Error ? failure.message : 'Undoing did not work'),
          )
          .finally(settle);
      },
    });
  }

  dismiss(): void {
    this.pause();
    this.queue.update(([, ...rest]) => rest);
    this.resume();
  }

  /** While somebody reads it. */
  pause(): void {
    clearTimeout(this.timer);
  }

  resume(): void {
    clearTimeout(this.timer);
    const toast = this.current();
    if (!toast || toast.kind === 'failed') return;
    this.timer = setTimeout(() => this.dismiss(), toast.action ? ACTION_MS : PLAIN_MS);
  }

  private push(toast: Toast): void {
    const idle = this.current();
    // A newer plain message replaces one that nobody has to act on.
    this.queue.update((queue) => [...queue.filter((one) => one.kind === 'failed'), toast]);
    if (!idle || idle !== this.current()) this.resume();
  }
}
