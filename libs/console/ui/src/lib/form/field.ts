import { Component, computed, input } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { Icon } from '../icon';

let nextId = 0;
export const fieldId = (): string => `tg-field-${nextId++}`;

/** Label, hint and error around a control. The kit's fields use it; pages use those. */
@Component({
  selector: 'tg-field',
  imports: [Icon],
  template: `
    <label class="label" [attr.for]="controlId()" [attr.id]="controlId() + '-label'"
      >{{ label() }}
      @if (optional()) {
        <span class="optional">(optional)</span>
      }
    </label>
    <ng-content />
    @if (message(); as text) {
      <p class="error" [id]="controlId() + '-error'"><tg-icon name="error" [small]="true" />{{ text }}</p>
    } @else if (hint()) {
      <p class="hint" [id]="controlId() + '-hint'">{{ hint() }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
      min-inline-size: 0;
    }
    .label {
      font: var(--mat-sys-title-small);
      font-weight: 550;
    }
    .optional {
      color: var(--mat-sys-on-surface-variant);
      font-weight: 400;
    }
    .hint,
    .error {
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }
    .error {
      display: flex;
      gap: 4px;
      color: var(--mat-sys-error);
    }
  `,
})
export class Field {
  readonly field = input.required<FieldTree<unknown>>();
  readonly controlId = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);

  protected readonly message = computed(() => errorOf(this.field()));
}

/** What a field says is wrong, once somebody has been there. */
export function errorOf(field: FieldTree<unknown>): string | null {
  const state = field();
  if (!state.touched() || state.disabled()) return null;
  const error = state.errors()[0];
  return error ? (error.message ?? 'This is not valid') : null;
}
