import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatProgressSpinner } from '@angular/material/progress-spinner';
import { DiffView } from '../code/diff-view';
import { Banner } from '../feedback/banner';
import { UnsavedForms } from './api-form';
import type { ApiForm } from './api-form';

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
  readonly form = input.required<ApiForm<never, never> | ApiForm<object, unknown>>();
  /** Names the act: “Create application”. */
  readonly submitLabel = input('Save changes');
  readonly cancelLabel = input('');
  readonly bar = input<'inline' | 'sticky'>('inline');
  readonly danger = input(false);
  readonly cancelled = output<void>();
  private readonly unsaved = inject(UnsavedForms);

  protected readonly one = computed(() => this.form() as unknown as ApiForm<object, unknown>);
  protected readonly showBar = computed(() => this.bar() === 'inline' || this.one().dirty());
  protected readonly differences = computed(() =>
    (this.one().conflict() ?? []).map((one) => ({ field: one.field, before: one.theirs, after: one.mine })),
  );

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    await this.one().submit();
  }

  protected onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') void this.send(event);
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.unsaved.any()) event.preventDefault();
  }
}
