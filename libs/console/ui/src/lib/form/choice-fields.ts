import { Component, computed, input } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { FieldTree } from '@angular/forms/signals';
import { Icon } from '../icon';
import type { Option } from '../list/list-types';
import { Field, errorOf, fieldId } from './field';

const DESCRIBED = `[attr.aria-invalid]="error() !== null" [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"`;

/** One of a few; `blank` names the empty choice. For many, searched on the server, use `tg-lookup-field`. */
@Component({
  selector: 'tg-select-field',
  imports: [Field, FormField, Icon],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control select">
        <select [formField]="field()" [id]="id" ${DESCRIBED}>
          @if (blank() !== null) {
            <option value="">{{ blank() }}</option>
          }
          @for (option of options(); track option.value) {
            <option [value]="option.value">{{ option.label }}</option>
          }
        </select>
        <tg-icon name="keyboard_arrow_down" />
      </div>
    </tg-field>
  `,
  styleUrl: './control.css',
})
export class SelectField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option[]>();
  readonly blank = input<string | null>(null);
  readonly hint = input('');
  readonly optional = input(false);
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
}

/** One of a few, each explained: radio buttons as cards. */
@Component({
  selector: 'tg-choice-field',
  imports: [Icon],
  template: `
    <fieldset [attr.aria-describedby]="error() ? id + '-error' : null" [disabled]="field()().disabled()">
      <legend>{{ label() }}</legend>
      @for (option of options(); track option.value) {
        <label class="choice" [class.on]="field()().value() === option.value">
          <input
            type="radio"
            [name]="id"
            [value]="option.value"
            [checked]="field()().value() === option.value"
            (change)="choose(option.value)"
          />
          <span class="name">{{ option.label }}</span>
          @if (option.hint) {
            <span class="why">{{ option.hint }}</span>
          }
        </label>
      }
      @if (error(); as text) {
        <p class="error" [id]="id + '-error'"><tg-icon name="error" [small]="true" />{{ text }}</p>
      }
    </fieldset>
  `,
  styleUrl: './choice.css',
})
export class ChoiceField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option[]>();
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));

  protected choose(value: string): void {
    const state = this.field()();
    state.value.set(value);
    state.markAsDirty();
    state.markAsTouched();
  }
}

/** Several of a few: boxes; the value is the list of the ticked ones, in the order of the options. */
@Component({
  selector: 'tg-multi-choice-field',
  imports: [Icon],
  template: `
    <fieldset [attr.aria-describedby]="error() ? id + '-error' : null" [disabled]="field()().disabled()">
      <legend>{{ label() }}</legend>
      @if (hint()) {
        <p class="hint">{{ hint() }}</p>
      }
      <div class="boxes">
        @for (option of options(); track option.value) {
          <label class="box">
            <input
              type="checkbox"
              [checked]="field()().value().includes(option.value)"
              (change)="toggle(option.value, $any($event.target).checked)"
            />
            <span class="name">{{ option.label }}</span>
            @if (option.hint) {
              <span class="why">{{ option.hint }}</span>
            }
          </label>
        }
      </div>
      @if (error(); as text) {
        <p class="error" [id]="id + '-error'"><tg-icon name="error" [small]="true" />{{ text }}</p>
      }
    </fieldset>
  `,
  styleUrl: './choice.css',
})
export class MultiChoiceField {
  readonly field = input.required<FieldTree<string[]>>();
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option[]>();
  readonly hint = input('');
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as unknown as FieldTree<unknown>));

  protected toggle(value: string, on: boolean): void {
    const state = this.field()();
    const chosen = new Set(state.value());
    if (on) chosen.add(value);
    else chosen.delete(value);
    state.value.set(
      this.options()
        .map((option) => option.value)
        .filter((one) => chosen.has(one)),
    );
    state.markAsDirty();
    state.markAsTouched();
  }
}

/** On or off: a switch for what applies at once when saved, with what it does beside it. */
@Component({
  selector: 'tg-toggle-field',
  imports: [FormField],
  template: `
    <label class="toggle">
      <input
        type="checkbox"
        role="switch"
        [formField]="field()"
        [id]="id"
        [attr.aria-describedby]="hint() ? id + '-hint' : null"
      />
      <span class="track" aria-hidden="true"></span>
      <span class="words">
        <span class="name">{{ label() }}</span>
        @if (hint()) {
          <span class="why" [id]="id + '-hint'">{{ hint() }}</span>
        }
      </span>
    </label>
  `,
  styleUrl: './choice.css',
})
export class ToggleField {
  readonly field = input.required<FieldTree<boolean>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  protected readonly id = fieldId();
}
