import { Component, computed, input } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { FieldTree } from '@angular/forms/signals';
import { formatDuration } from '../display/time';
import { Field, errorOf, fieldId } from './field';

const DESCRIBED = `[attr.aria-invalid]="error() !== null" [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"`;

/** One line of text. `type` may be `email`, `url`, `tel`, `password`; paste is never blocked. */
@Component({
  selector: 'tg-text-field',
  imports: [Field, FormField],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control" [class.mono]="mono()">
        @if (prefix()) {
          <span class="affix">{{ prefix() }}</span>
        }
        <input
          [formField]="field()"
          [id]="id"
          [type]="type()"
          [attr.autocomplete]="autocomplete()"
          [attr.placeholder]="placeholder() || null"
          [attr.spellcheck]="mono() ? 'false' : null"
          ${DESCRIBED}
        />
        @if (suffix()) {
          <span class="affix">{{ suffix() }}</span>
        }
      </div>
    </tg-field>
  `,
  styleUrl: './control.css',
})
export class TextField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly type = input<'text' | 'email' | 'url' | 'tel' | 'password' | 'search'>('text');
  readonly autocomplete = input('off');
  readonly placeholder = input('');
  readonly prefix = input('');
  readonly suffix = input('');
  readonly mono = input(false);
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
}

/** Several lines of text. */
@Component({
  selector: 'tg-textarea-field',
  imports: [Field, FormField],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control area" [class.mono]="mono()">
        <textarea
          [formField]="field()"
          [id]="id"
          [attr.rows]="rows()"
          [attr.placeholder]="placeholder() || null"
          ${DESCRIBED}
        ></textarea>
      </div>
    </tg-field>
  `,
  styleUrl: './control.css',
})
export class TextareaField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly placeholder = input('');
  readonly rows = input(4);
  readonly mono = input(false);
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
}

/** A number with its unit; `unit="seconds"` reads it back in words (“= 15 minutes”). Empty is null. */
@Component({
  selector: 'tg-number-field',
  imports: [Field, FormField],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control number">
        <input
          type="number"
          inputmode="decimal"
          [formField]="field()"
          [id]="id"
          [attr.placeholder]="placeholder() || null"
          ${DESCRIBED}
        />
        @if (unit()) {
          <span class="affix">{{ unit() }}{{ readBack() }}</span>
        }
      </div>
    </tg-field>
  `,
  styleUrl: './control.css',
})
export class NumberField {
  readonly field = input.required<FieldTree<number | null>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly placeholder = input('');
  readonly unit = input('');
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
  protected readonly readBack = computed(() => {
    const value = this.field()().value();
    return this.unit() === 'seconds' && typeof value === 'number' && value >= 60 ? ` = ${formatDuration(value)}` : '';
  });
}
