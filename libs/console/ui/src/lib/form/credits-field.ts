import { Component, computed, input, signal } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { Field, errorOf, fieldId } from './field';

/** An amount of credits, typed in credits with up to three decimals and held in milli-credits. Empty is null. */
@Component({
  selector: 'tg-credits-field',
  imports: [Field],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control number">
        <input
          #text
          type="number"
          inputmode="decimal"
          step="0.001"
          [id]="id"
          [value]="typed() ?? shown()"
          [disabled]="field()().disabled()"
          [attr.placeholder]="placeholder() || null"
          [attr.aria-invalid]="error() !== null"
          [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"
          (input)="take(text.value)"
          (blur)="leave()"
        />
        <span class="affix">credits</span>
      </div>
    </tg-field>
  `,
  styleUrl: './control.css',
})
export class CreditsField {
  /** Milli-credits. */
  readonly field = input.required<FieldTree<number | null>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly placeholder = input('');
  protected readonly id = fieldId();
  protected readonly typed = signal<string | null>(null);
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
  protected readonly shown = computed(() => {
    const value = this.field()().value();
    return value === null ? '' : String(value / 1000);
  });

  protected take(text: string): void {
    this.typed.set(text);
    const state = this.field()();
    // Rounded to the wire's unit here: 0.1 × 1000 is not a whole number in binary.
    state.value.set(text === '' ? null : Math.round(Number(text) * 1000));
    state.markAsDirty();
  }

  protected leave(): void {
    this.typed.set(null);
    this.field()().markAsTouched();
  }
}
