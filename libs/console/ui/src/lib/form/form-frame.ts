import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatProgressSpinner } from '@angular/material/progress-spinner';
import { DiffView } from '../code/diff-view';
import { Banner } from '../feedback/banner';
import type { FormState } from './api-form';
import { UnsavedForms } from './unsaved-forms';

/**
 * The frame of a form: why it is read-only, what the server refused, the conflict with somebody else's change, the
 * controls (projected), and the buttons. `bar="sticky"` (settings) shows them only when something changed.
 */
@Component({
  selector: 'tg-form',
  imports: [Banner, DiffView, MatButton, MatProgressSpinner],
  host: { '(window:beforeunload)': 'warn($event)' },
  templateUrl: './form-frame.html',
  styleUrl: './form-frame.css',
})
export class FormFrame {
  readonly form = input.required<FormState>();
  /** Names the act: “Create application”. */
  readonly submitLabel = input('Save changes');
  readonly cancelLabel = input('');
  readonly bar = input<'inline' | 'sticky'>('inline');
  readonly danger = input(false);
  readonly cancelled = output<void>();
  private readonly unsaved = inject(UnsavedForms);

  protected readonly showBar = computed(() => this.bar() === 'inline' || this.form().dirty());
  protected readonly differences = computed(() =>
    (this.form().conflict() ?? []).map((one) => ({ field: one.field, before: one.theirs, after: one.mine })),
  );

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    await this.form().submit();
  }

  protected onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') void this.send(event);
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.unsaved.any()) event.preventDefault();
  }
}
