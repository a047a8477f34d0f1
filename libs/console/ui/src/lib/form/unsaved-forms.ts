import { Service, computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Forms of the present page with unsaved input; leaving asks while any is dirty. */
@Service()
export class UnsavedForms {
  private readonly forms = signal<readonly Signal<boolean>[]>([]);
  readonly any = computed(() => this.forms().some((dirty) => dirty()));

  add(dirty: Signal<boolean>): () => void {
    this.forms.update((forms) => [...forms, dirty]);
    return () => this.forms.update((forms) => forms.filter((one) => one !== dirty));
  }
}
